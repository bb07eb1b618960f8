"""The words that tell a term from the text around it.

They were chosen by reading what the miner made of a thousand digests of papers on artificial intelligence.
"""

from __future__ import annotations

from typing import Final

_FUNCTION = """
a about above across after again against all almost along also although always among an and another any are aren as
at away based be became because become been before behind being below between beyond both but by can cannot could
did do does doing done down due during e each either else enough etc even ever every everything far few fewer first
five for four from full fully further g get give given go had has have having he hence her here his how however i
i.e if in indeed instead into is it its itself just last latter least less let like likely made mainly make makes
making many may me might more moreover most mostly much must my namely near nearly need needs neither never
nevertheless next no nor not nothing now of off often on once one only onto or other others otherwise our out over
overall own per perhaps quite rather really respectively same second see seen several she should since six so some
something soon still such take ten than that the their them themselves then there thereby therefore these they thing
things third this those though three through throughout thus to together too toward towards two under unless unlike
until up upon us use used uses using usually various very via vs was we well were what whatever when where whereas
whether which while who whole whose why will with within without would yet you your zero-th
"""
FUNCTION: Final = frozenset(_FUNCTION.split())
"""English words that no term begins or ends with, being no nouns nor adjectives."""

_VERBS = """
achieve achieved achieves achieving add address addresses addressing adds adopt adopts aim aims allow allowing
allows analyze analyzes applied applies apply applying argue becoming bridge bridging bring brings build building
builds built call called capture captures combine combined combines combining compare compared comparing comprise
comprises conduct conducted consist consists contain contains contribute create creates creating demonstrate
demonstrated demonstrates demonstrating design designed designing develop developed developing discover discuss
driven emerged emerging employ employing employs enable enables enabling encourage enhance enhanced enhances
enhancing ensure ensures ensuring establish evaluate evaluated evaluates evaluating examine exhibit exhibits
existing expand explore explores exploring extend extends face faces facilitate fail fails find finds focus focuses
follow follows found generate generates grounded guide guides handle help helps highlight highlights identifies
identify identifying impose improve improved improves improving include includes including incorporate incorporates
incorporating increase increases increasing indicate inspired integrate integrates integrating introduce introduced
introduces introducing investigate involve involves keep know known lack lacks lead leading leads leverage leverages
leveraging lies maintain maintaining maintains makes manage match matches matching mitigate mitigates motivated
observe observed obtain obtained offer offering offers optimize optimizing outperform outperforming outperforms
overcome pave perform performing performs pose poses present presented presenting presents preserve preserving
prevent produce produces producing propose proposed proposes provide provided provides providing push reach reaches
reduce reduced reduces reducing release released relies rely remain remaining remains report reported require
requires requiring resulting results reveal revealing reveals run scale set sets show showcase showing shown shows
solve solving struggle studies study suffer suffers suggest suggests support supports surpass surpasses surpassing
tackle tailored taking tend train trained underscore understand unify unlock utilize utilizes utilizing validate
work works yield yielding yields
"""
VERBS: Final = frozenset(_VERBS.split())
"""English verbs of the trade: what a paper does, not what it is about."""

_GENERIC = """
ability able absence additional advance advanced advancement advancements advances advantage advantages amount
amounts application applications approach approaches area areas art aspect aspects available average benefit
benefits best better billion broad broader candidate capabilities capability capacity careful case cases certain
challenge challenges challenging clear codebase codes com combination commercial common community comparable
comparison competitive complete complex comprehensive considerable contemporary contrary contribution contributions
critical crucial current current-generation cutting-edge day degree demand demo detailed developer different
difficult diverse domain domains early easy effect effective effectiveness efficacy efficient effort efforts
emergence entire era essential evaluation-based evidence example examples existing experiment experimental
experiments expert extensive external factor factors families family fast faster feature few field field-specific
fields final finding findings flagship fold form forms fundamental future gap general github goal goals good great
greater growing high-quality higher hour http https huge human-like impact important impressive improvement
improvements information initial insight insights interesting introduction issue issues key kind lack large-scale
larger late latest level levels limitation limitations limited line lot lower major method methods million minimal
modern month multiple need new newly notable novel number numerous ones order original overall page paper part
particular particularly parts people performance perspective perspectives point points popular popularity possible
potential powerful practical practitioner presence present prevailing previous primary principle principles prior
problem problems progress project promising publicly purpose quality questions range rapid real real-world recent
release relevant reliance remarkable research result rich rise robust role scalable scenario scenarios scratch
series set setting settings significant similar simpler slow smaller solid solution solutions special specific
state-of-the-art step steps strategies strategy strong stronger substantial success sufficient superior superiority
systematic technical technique techniques term terms times today total trade traditional trillion true type types
understanding-based unified unique url useful valuable variety vast versatile versatility view way ways website week
wide wide-range wide-ranging widely wider world www x year
"""
GENERIC: Final = frozenset(_GENERIC.split())
"""English nouns and adjectives of any paper."""

_HEADS = """
benchmark code collection content cost data dataset document element framework input output paradigm sample source
system task weight
"""
HEADS: Final = frozenset(_HEADS.split())
"""English nouns that anything may stand before: a video dataset is no term of its own."""

_RUNNING = """
一 一个 一些 一套 一种 一系列 一般 七 三 三个 三种 上 下 不 不仅 不但 不同 不足 不过 与 与此同时 且 两 两个 两种 个
中 为 主要 之 之一 之间 九 也 也就是说 了 于 五 产生 什么 仅 仅仅 介绍 仍 仍然 从 从而 他 他们 以 以上 以下 以及
以外 任何 任务中 优于 优势 会 传统 但 但是 位 位于 何 作为 作者 你 使 使得 使用 例如 依然 促进 保持 倍 像 允许 充分
克服 全新 全部 全面 八 六 关于 关键 其 其中 其他 其它 其次 具体 具体而言 具备 具有 内 再 减少 几 几个 几乎 分析 创新
利用 前 包含 包括 十 十分 即 即使 即便 又 及 发布 发现 取决于 取得 另外 只 可以 可能 各 各种 各类 同时 名 名为 后 向
含 和 哪些 四 因为 因此 因而 在 地 场景 基于 增加 增强 外 多个 多种 大约 大量 太 套 她 如 如何 如果 如此 存在 它
它们 完全 完成 实现 实验 实验结果 对 对于 导致 将 尝试 尤其 就 尽管 局限 局限性 展示 属于 工作 已 已经 带来 帮助 常
常常 并 并且 广泛 应 应对 应该 开发 开展 引入 引起 张 当前 往 往往 很 得 得到 必须 总之 愈 成为 成功 我 我们 或 所
所以 所有 才 执行 把 拥有 按照 挑战 换言之 探索 探讨 推动 提供 提出 提升 提高 揭示 支持 支撑 改善 改进 数 整个 新
新型 方法 无法 无论 旨在 时 是 是否 显示 显著 更 曾 最 最后 最终 最近 有 有效 未 本 本文 本研究 条 来自 构建 某 某些
核心 根据 次 款 正在 此 此外 每 比 比如 没 没有 涵盖 深入 源自 潜力 然而 特别 现有 甚至 由 由于 的 目前 直接 相同
相比 相较 相较于 着 研究 研究者 确保 种 称为 等 等等 简称 类 系统性 约 组 结果 给 缓解 而 而且 能 能够 自己 至
致力于 获得 虽然 表明 被 被称为 要 视为 解决 让 论文 设计 证实 证明 试图 该 诸如 超过 越 越来越 达 达到 过 近期 还
这 这一 这个 这些 这种 进一步 进而 进行 通常 通过 造成 那 那么 那些 部分 都 采用 里 重要 针对 问题 间 间接 降低 随后
需 需要 非常 面向 项 须 首先 验证 高达
"""
RUNNING: Final = frozenset(_RUNNING.split())
"""Chinese words of running text. Some stand in a term now and then; a list wants precision."""

_VAGUE = """
任务 工作 性能 技术 效果 方式 方案 方法 方面 框架 研究 能力 过程 问题 领域
"""
VAGUE: Final = frozenset(_VAGUE.split())
"""Chinese nouns that say little by themselves."""
