"""What is said of comments on entries, on 校对 and elsewhere."""

from __future__ import annotations

from typing import Final

TEXTS: Final[dict[str, tuple[str, str]]] = {
    "comments.label": ("批注", "Comments"),
    "comments.open": ("未解决的批注", "Open comments"),
    "comments.resolved": ("已解决的批注", "Resolved comments"),
    "comments.write": ("写批注", "Write a comment"),
    "comments.answering": ("回复 {name}", "Answer to {name}"),
    "comments.about": ("附上：{about}", "About: {about}"),
    "comments.send": ("发出", "Send"),
    "comments.leave": ("离开", "Leave"),
    "comments.drop": ("丢弃草稿", "Discard the draft"),
    "comments.answer": ("回复", "Answer"),
    "comments.resolve": ("标为已解决", "Resolve"),
    "comments.reopen": ("重新打开", "Reopen"),
    "comments.withdraw": ("撤回", "Withdraw"),
    "comments.sure": ("再按一次撤回", "Press again to withdraw"),
    "comments.withdrawn": ("(已撤回)", "(withdrawn)"),
    "comments.resolved-by": ("由 {name} 标为已解决", "resolved by {name}"),
    "comments.kept": ("草稿已存", "draft kept"),
    "comments.restored": ("这是您没有发出的草稿。", "This is a draft that you have not sent."),
    "comments.sending": ("正在发出…", "Sending…"),
    "comments.lost": (
        "没有收到回应；文字还在这里，请再发一次",
        "No answer came; your text is still here, please send it again",
    ),
    "comments.too-long": ("批注太长：最多 {most} 字", "Too long: {most} characters at most"),
    "notice.commented": ("批注已发出", "Comment sent"),
    "notice.answered": ("回复已发出", "Answer sent"),
    "notice.resolved": ("已标为已解决", "Marked as resolved"),
    "notice.reopened": ("已重新打开", "Opened again"),
    "notice.withdrawn": ("已撤回", "Withdrawn"),
    "notice.not-yours": ("只有作者本人能撤回", "Only its author can withdraw it"),
    "notice.no-thread": ("这条批注已不在了", "That comment is no longer there"),
    "notice.no-comments": ("没有未解决的批注", "There is no open comment"),
    "notice.only-comment": ("未解决的批注只有这里有", "This is the only entry with open comments"),
    "notice.unfiltered": (
        "已清除筛选，以显示有批注的条目",
        "The filters hid the entry with a comment: they are cleared",
    ),
}
