// The list of what is alike: a line a rule, and under it a line for each fix that is proposed more than once.

function filters(data, send) {
  const box = element("div", "filters");
  for (const name of ["file", "safety"]) {
    const chosen = (value) => send("filter", { ...data.filters, [name]: value });
    box.append(choice(name, data.words[name], data.options[name], data.filters[name], chosen));
  }
  return box;
}

function row(data, item, send) {
  const line = element("li");
  const made = element("button", `row ${item.severity}${item.whole ? " whole" : ""}`);
  made.type = "button";
  made.dataset.focus = item.key;
  if (item.key === data.current) made.setAttribute("aria-current", "true");
  if (item.whole) made.append(element("span", "dot"), element("span", "code", item.code));
  const what = element("span", "what", item.what);
  if (!item.whole) what.lang = "zh-Hans";
  const size = element("span", "size", String(item.size));
  made.append(what, size);
  if (item.unsafe) made.append(element("span", "unsafe", item.unsafeText));
  made.title = item.title;
  made.addEventListener("click", () => send("pick", { key: item.key }));
  line.append(made);
  return line;
}

export default function (component) {
  const { data, parentElement, setTriggerValue: send } = component;
  const root = parentElement.querySelector(".groups");
  root.lang = data.lang;
  const list = element("ol");
  list.setAttribute("aria-label", data.words.label);
  list.append(...data.rows.map((item) => row(data, item, send)));
  const scrolled = root.querySelector("ol")?.scrollTop ?? 0;
  const parts = [filters(data, send), data.rows.length ? list : element("p", "none", data.words.empty)];
  if (data.pages > 1) parts.push(pager(data.page, data.pages, data.words, data.words.page, (page) => send("page", { page })));
  redraw(root, ...parts);
  keepInSight(list, scrolled);
}
