// The list of findings: filters, one row a finding, pages. Everything shown is set as textContent.

/** The current filters with one changed; what is empty filters nothing. */
function changed(data, name, value) {
  return { ...data.filters, [name]: value };
}

/** The rules: a family stands for all of its rules, and several may be chosen. */
function codes(data, send, unfolded) {
  const chosen = new Set((data.filters.code || "").split(",").filter(Boolean));
  const box = element("details", "code");
  box.open = unfolded;
  const summary = element("summary", "", chosen.size ? data.words.chosen.replace("{codes}", [...chosen].join(" ")) : data.words["all-codes"]);
  summary.title = data.words.only;
  box.append(summary);
  const list = element("div", "options");
  for (const [value, text] of data.options.code) {
    const label = element("label", value.length > 3 ? "rule" : "family");
    const tick = element("input");
    tick.type = "checkbox";
    tick.value = value;
    const family = value.slice(0, 3);
    tick.checked = chosen.has(value) || chosen.has(family);
    tick.disabled = value !== family && chosen.has(family);
    tick.addEventListener("change", () => {
      if (tick.checked) chosen.add(value);
      else chosen.delete(value);
      send("filter", changed(data, "code", [...chosen].sort().join(",")));
    });
    label.append(tick, element("span", "", text));
    list.append(label);
  }
  box.append(list);
  box.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !box.open) return;
    event.stopPropagation();
    box.open = false;
    summary.focus();
  });
  return box;
}

function search(data, send) {
  const input = element("input", "text");
  input.type = "search";
  input.value = data.filters.text || "";
  input.placeholder = data.words.search;
  input.setAttribute("aria-label", data.words.search);
  if (data.key) input.setAttribute("aria-keyshortcuts", data.key);
  input.addEventListener("keydown", (event) => {
    event.stopPropagation();
    if (event.isComposing || event.keyCode === 229) return;
    if (event.key === "Escape") {
      // Back without a search: leaving the box alone would ask for what stands in it.
      input.value = data.filters.text || "";
      input.blur();
    }
    if (event.key !== "Enter") return;
    input.blur();
    send("filter", changed(data, "text", input.value));
  });
  input.addEventListener("change", () => {
    if (input.value !== (data.filters.text || "")) send("filter", changed(data, "text", input.value));
  });
  return input;
}

/** A filter that is on or off. */
function only(data, send, name) {
  const label = element("label", "only");
  const tick = element("input");
  tick.type = "checkbox";
  tick.checked = data.filters[name] === "1";
  tick.addEventListener("change", () => {
    tick.blur();
    send("filter", changed(data, name, tick.checked ? "1" : ""));
  });
  label.append(tick, element("span", "", data.words[name]));
  return label;
}

function filters(data, send, unfolded) {
  const box = element("div", "filters");
  const find = element("div", "find");
  const one = (name) => choice(name, data.words[name], data.options[name], data.filters[name] || "", (value) => send("filter", changed(data, name, value)));
  find.append(search(data, send), ...(data.key ? [element("kbd", "", data.key)] : []));
  box.append(codes(data, send, unfolded), one("severity"), one("file"), find, only(data, send, "safe"), only(data, send, "comments"));
  if (data.filters.entry) {
    const chip = element("button", "chip", `${data.words.entry} ${data.filters.entry} ×`);
    chip.type = "button";
    chip.addEventListener("click", () => send("filter", changed(data, "entry", "")));
    box.append(chip);
  }
  if (Object.values(data.filters).some(Boolean)) {
    const clear = element("button", "clear", data.words.clear);
    clear.type = "button";
    clear.addEventListener("click", () => send("filter", {}));
    box.append(clear);
  }
  return box;
}

/** How many comments wait at an entry. */
function remarks(item) {
  const made = element("span", "remarks", String(item.comments));
  made.title = item.commentsText;
  return made;
}

/** An entry with comments in which nothing is open. */
function stop(data, item, send) {
  const line = element("li");
  const button = element("button", "row stop");
  button.type = "button";
  button.dataset.id = item.entry;
  button.setAttribute("aria-label", `${item.title} ${item.where} ${item.commentsText}`);
  if (item.current) button.setAttribute("aria-current", "true");
  const top = element("span", "top");
  const title = element("span", "quote", item.title);
  title.lang = "zh-Hans";
  top.append(title, remarks(item));
  button.append(element("span", "dot"), top, element("span", "sub", item.where));
  button.addEventListener("click", () => send("pick", { action: "stop", entry: item.entry }));
  line.append(button);
  return line;
}

function row(data, item, send) {
  const line = element("li");
  const button = element("button", `row ${item.severity}`);
  button.type = "button";
  button.dataset.id = item.id;
  button.setAttribute("aria-label", [item.severityName, item.code, item.quote, item.where, item.commentsText].filter(Boolean).join(" "));
  if (item.id === data.current) button.setAttribute("aria-current", "true");
  const top = element("span", "top");
  const quote = element("span", "quote", item.quote);
  quote.lang = "zh-Hans";
  top.append(element("span", "code", item.code), quote);
  if (item.comments) top.append(remarks(item));
  const where = element("span", "sub", item.where);
  where.title = item.where;
  button.append(element("span", "dot"), top, where);
  button.addEventListener("click", () => send("pick", { id: item.id }));
  line.append(button);
  return line;
}

const listeners = new WeakMap();

export default function (component) {
  const { data, parentElement, setTriggerValue } = component;
  const root = parentElement.querySelector(".findings");
  if (!listeners.has(root)) {
    listeners.set(root, () => root.querySelector(".text")?.focus());
    document.addEventListener("yijiao:filter", listeners.get(root));
  }
  root.lang = data.lang;
  const focused = root.getRootNode().activeElement?.dataset?.id;
  const list = element("ol");
  list.setAttribute("aria-label", data.words.label);
  list.append(...data.rows.map((item) => row(data, item, setTriggerValue)));
  const scrolled = root.querySelector("ol")?.scrollTop ?? 0;
  const old = root.querySelector(".filters");
  const unfolded = old?.querySelector("details")?.open ?? false;
  const typing = old?.querySelector("input:focus")?.className === "text";
  const box = filters(data, setTriggerValue, unfolded);
  if (unfolded) box.querySelector(".options").scrollTop = old.querySelector(".options").scrollTop;
  const parts = [typing ? old : box];
  if (data.rows.length || !data.stops.length) parts.push(data.rows.length ? list : element("p", "none", data.words.empty));
  if (data.stops.length) {
    const stops = element("ol", "stops");
    stops.setAttribute("aria-label", data.words.stops);
    stops.append(...data.stops.map((item) => stop(data, item, setTriggerValue)));
    parts.push(element("h3", "", data.words.stops), stops);
  }
  if (data.pages > 1) parts.push(pager(data.page, data.pages, data.words, data.words.page, (page) => setTriggerValue("page", { page })));
  root.replaceChildren(...parts);
  if (typing) old.querySelector(".text").focus({ preventScroll: true });
  keepInSight(list, scrolled);
  if (focused) (list.querySelector(`[data-id="${CSS.escape(focused)}"]`) ?? root.querySelector(`.stops [data-id="${CSS.escape(focused)}"]`) ?? list.querySelector('[aria-current="true"]'))?.focus({ preventScroll: true });
  return () => {
    document.removeEventListener("yijiao:filter", listeners.get(root));
    listeners.delete(root);
  };
}
