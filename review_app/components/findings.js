// The list of findings: filters, one row a finding, pages. Everything shown is set as textContent.

function element(tag, className, text) {
  const made = document.createElement(tag);
  if (className) made.className = className;
  if (text !== undefined) made.textContent = text;
  return made;
}

function filters(data, send) {
  const box = element("div", "filters");
  const current = data.filters;
  for (const name of ["code", "severity", "file"]) {
    const label = element("label");
    label.append(element("span", "hidden", data.words[name]));
    const select = element("select", name);
    select.setAttribute("aria-label", data.words[name]);
    for (const [value, text] of data.options[name]) {
      const option = element("option", "", text);
      option.value = value;
      option.selected = value === (current[name] || "");
      select.append(option);
    }
    select.addEventListener("change", () => {
      // A letter typed next is a command again, not a choice in this list.
      select.blur();
      send("filter", { ...current, [name]: select.value });
    });
    label.append(select);
    box.append(label);
  }
  if (Object.values(current).some(Boolean)) {
    const clear = element("button", "clear", data.words.clear);
    clear.type = "button";
    clear.addEventListener("click", () => send("filter", {}));
    box.append(clear);
  }
  return box;
}

function row(data, item, send) {
  const line = element("li");
  const button = element("button", `row ${item.severity}`);
  button.type = "button";
  button.dataset.id = item.id;
  button.setAttribute("aria-label", `${item.severityName} ${item.code} ${item.quote} ${item.where}`);
  if (item.id === data.current) button.setAttribute("aria-current", "true");
  const top = element("span", "top");
  const quote = element("span", "quote", item.quote);
  quote.lang = "zh-Hans";
  top.append(element("span", "code", item.code), quote);
  button.append(element("span", "dot"), top, element("span", "sub", item.where));
  button.addEventListener("click", () => send("pick", { id: item.id }));
  line.append(button);
  return line;
}

function pages(data, send) {
  const bar = element("nav");
  const last = data.pages - 1;
  const steps = [["first", "«", 0], ["previous", "‹", data.page - 1], null, ["next", "›", data.page + 1], ["last", "»", last]];
  for (const step of steps) {
    if (step === null) {
      bar.append(element("span", "", data.words.page));
      continue;
    }
    const [name, sign, target] = step;
    const button = element("button", "", sign);
    button.type = "button";
    button.setAttribute("aria-label", data.words[name]);
    button.disabled = target < 0 || target > last || target === data.page;
    button.addEventListener("click", () => send("page", { page: target }));
    bar.append(button);
  }
  return bar;
}

export default function (component) {
  const { data, parentElement, setTriggerValue } = component;
  const root = parentElement.querySelector(".findings");
  root.lang = data.lang;
  const focused = root.getRootNode().activeElement?.dataset?.id;
  const list = element("ol");
  list.setAttribute("aria-label", data.words.label);
  list.append(...data.rows.map((item) => row(data, item, setTriggerValue)));
  const scrolled = root.querySelector("ol")?.scrollTop ?? 0;
  const parts = [filters(data, setTriggerValue)];
  parts.push(data.rows.length ? list : element("p", "none", data.words.empty));
  if (data.pages > 1) parts.push(pages(data, setTriggerValue));
  root.replaceChildren(...parts);
  list.scrollTop = scrolled;
  const now = list.querySelector('[aria-current="true"]');
  if (now) {
    // Not scrollIntoView: that would scroll the page as well on a narrow screen.
    const top = now.offsetTop - list.offsetTop;
    if (top < list.scrollTop) list.scrollTop = top - 40;
    else if (top + now.offsetHeight > list.scrollTop + list.clientHeight) list.scrollTop = top + now.offsetHeight - list.clientHeight + 40;
  }
  if (focused) (list.querySelector(`[data-id="${CSS.escape(focused)}"]`) ?? now)?.focus({ preventScroll: true });
}
