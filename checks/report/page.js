"use strict";
(() => {
  const bar = document.querySelector(".filters");
  const query = document.getElementById("q");
  const rule = document.getElementById("rule");
  const file = document.getElementById("file");
  const shown = document.getElementById("shown");
  const kinds = [...bar.querySelectorAll("input[name=kind]")];
  const nothing = document.querySelector(".nothing");
  const numbers = new Intl.NumberFormat(document.documentElement.lang);
  const lower = (node) => node.textContent.toLowerCase();

  const sections = [...document.querySelectorAll("section[data-file]")].map((section) => ({
    section,
    path: lower(section.querySelector("h2")),
    articles: [...section.querySelectorAll("article")].map((article) => ({
      article,
      // Of the entry itself: its findings are searched one by one.
      text: lower(article.querySelector("h3")) + "\n" + [...article.querySelectorAll(".text")].map(lower).join(""),
      items: [...article.querySelectorAll("li")].map((item) => ({ item, text: lower(item) })),
      marks: [...article.querySelectorAll("mark")],
    })),
  }));

  function apply() {
    const words = query.value.toLowerCase().trim();
    const wanted = new Set(kinds.filter((box) => box.checked).map((box) => box.value));
    let count = 0;
    for (const { section, path, articles } of sections) {
      let inFile = 0;
      for (const { article, text, items, marks } of articles) {
        const around = !words || path.includes(words) || text.includes(words);
        const visible = new Set();
        for (const { item, text: said } of items) {
          const { kind, code } = item.dataset;
          const fits = wanted.has(kind) && (!rule.value || rule.value === code)
            && (!file.value || file.value === section.dataset.file) && (around || said.includes(words));
          item.hidden = !fits;
          if (fits) visible.add(item.id.slice(1));
        }
        article.hidden = visible.size === 0;
        inFile += visible.size;
        for (const mark of marks) mark.classList.toggle("off", !visible.has(mark.dataset.yjPick));
      }
      section.hidden = inFile === 0;
      count += inFile;
    }
    shown.value = bar.dataset.shown.replace("{shown}", numbers.format(count))
      .replace("{all}", numbers.format(Number(bar.dataset.all)));
    nothing.hidden = count > 0;
  }

  function reset() {
    query.value = rule.value = file.value = "";
    for (const box of kinds) box.checked = box.defaultChecked;
    apply();
    query.focus();
  }

  function point(target) {
    for (const node of document.querySelectorAll(".seen")) node.classList.remove("seen");
    target.classList.add("seen");
    target.scrollIntoView({ block: "center" });
  }

  let waiting = 0;
  query.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(apply, 120);
  });
  bar.addEventListener("change", apply);
  document.getElementById("reset").addEventListener("click", reset);
  document.addEventListener("click", (event) => {
    const button = event.target.closest("button.place");
    const mark = event.target.closest("mark");
    if (button) {
      const article = button.closest("article");
      point(article.querySelector(`mark[data-yj-pick="${button.dataset.pick}"]`) || article);
    } else if (mark) {
      point(document.getElementById("f" + mark.dataset.yjPick));
    }
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "/" && !event.target.matches("input, select")) {
      event.preventDefault();
      query.focus();
    }
  });
  bar.hidden = false;
  apply();
})();
