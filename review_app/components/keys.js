// What the widgets that hear keys share; it stands before each of them.

function element(tag, className, text) {
  const made = document.createElement(tag);
  if (className) made.className = className;
  if (text !== undefined) made.textContent = text;
  return made;
}

/** A button with its key on it. */
function keyed(className, key, text, run) {
  const made = element("button", className);
  made.type = "button";
  if (key) {
    made.append(element("kbd", "", key));
    made.setAttribute("aria-keyshortcuts", key.replace("Ctrl", "Control"));
  }
  made.append(element("span", "", text));
  made.addEventListener("click", run);
  return made;
}

/** The key pressed; an input method that is on but composes nothing hides it behind "Process". */
function pressed(event) {
  if (event.key !== "Process" && event.key !== "Unidentified") return event.key.length === 1 ? event.key.toLowerCase() : event.key;
  if (event.code === "Slash") return event.shiftKey ? "?" : "/";
  return event.code.replace(/^(Key|Digit|Numpad)/, "").toLowerCase();
}

function isTyping(event) {
  const target = event.composedPath()[0];
  return target instanceof Element && (target.isContentEditable || target.matches("input, textarea, select"));
}

/** One object for each mounted root, made once and taken down with it. */
function living(kinds, component, selector, make) {
  const root = component.parentElement.querySelector(selector);
  let made = kinds.get(root);
  if (!made) {
    made = make(root, component.data);
    kinds.set(root, made);
  }
  made.update(component.data, component.setTriggerValue);
  return () => {
    made.destroy();
    kinds.delete(root);
  };
}
