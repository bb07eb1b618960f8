autocmd User lsp_setup call lsp#register_server({
    \ 'name': 'yijiao',
    \ 'cmd': {server_info -> ['python', '-m', 'checks.lsp']},
    \ 'allowlist': ['markdown'],
    \ 'root_uri': {server_info -> lsp#utils#path_to_uri(lsp#utils#find_nearest_parent_file_directory(
    \     lsp#utils#get_buffer_path(), ['yijiao.toml', 'pyproject.toml']))},
    \ })
autocmd FileType markdown setlocal omnifunc=lsp#complete
