call ale#linter#Define('markdown', {
    \ 'name': 'yijiao',
    \ 'lsp': 'stdio',
    \ 'executable': 'python',
    \ 'command': '%e -m checks.lsp',
    \ 'project_root': {buffer -> fnamemodify(ale#path#FindNearestFile(buffer, 'yijiao.toml'), ':h')},
    \ })
let g:ale_linters = {'markdown': ['yijiao']}
autocmd FileType markdown setlocal omnifunc=ale#completion#OmniFunc
