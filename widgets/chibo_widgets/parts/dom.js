// A few lines of screen drawing: h() describes, draw() brings what stands on the page in line with the description.
// What is there already is kept and changed in place, so that the focus and half-typed words survive a redraw.

function h(tag, props, ...children) {
  const { key, ...rest } = props || {};
  return { tag, key, props: rest, children: children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false) };
}

function draw(parent, children) {
  const known = new Map();
  for (const node of parent.childNodes) if (node.cbKey !== undefined) known.set(node.cbKey, node);
  let cursor = parent.firstChild;
  for (const child of [children].flat(Infinity)) {
    if (child === null || child === undefined || child === false) continue;
    let node = reusable(child, child.key === undefined ? cursor : known.get(child.key));
    if (node === null) {
      node = createNode(child);
      parent.insertBefore(node, cursor);
    } else if (node !== cursor) {
      parent.insertBefore(node, cursor);
    }
    update(node, child);
    cursor = node.nextSibling;
  }
  while (cursor) {
    const next = cursor.nextSibling;
    keepTyped(cursor);
    cursor.remove();
    cursor = next;
  }
}

// Words being typed in what goes away are taken as if the field had been left: its own handler knows where they belong.
function keepTyped(leaving) {
  const field = document.activeElement;
  if (field && field.cbTyped && leaving.contains(field)) queueMicrotask(() => field.dispatchEvent(new Event("change")));
}

function reusable(child, node) {
  if (!node || node.cbKey !== child.key) return null;
  if (typeof child !== "object") return node.nodeType === Node.TEXT_NODE ? node : null;
  return node.nodeType === Node.ELEMENT_NODE && node.localName === child.tag ? node : null;
}

// Signs that turn the direction of reading are shown by their codes: a name would turn round all that stands beside it.
const TURNING = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

function asShown(text) {
  return String(text).replace(TURNING, (sign) => "[U+" + sign.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0") + "]");
}

function createNode(child) {
  if (typeof child !== "object") return document.createTextNode(asShown(child));
  const node = document.createElement(child.tag);
  node.cbKey = child.key;
  node.cbProps = {};
  if (child.tag === "button") pressOnce(node);
  node.addEventListener("input", () => { node.cbTyped = true; });
  node.addEventListener("change", () => { node.cbTyped = false; });
  node.addEventListener("blur", () => { node.cbTyped = false; });
  return node;
}

// Many people double-click everything: the second click of a double click is none, nor is a key that is held down. A
// button that is meant to be pressed again and again carries data-repeat.
function pressOnce(button) {
  const isRepeated = (event) => (event.type === "click" ? event.detail > 1 : event.repeat && event.key === "Enter");
  for (const kind of ["click", "keydown"]) {
    button.addEventListener(kind, (event) => {
      if (!isRepeated(event) || "repeat" in button.dataset) return;
      event.preventDefault();
      event.stopImmediatePropagation();
    });
  }
}

function update(node, child) {
  if (typeof child !== "object") {
    if (node.data !== asShown(child)) node.data = asShown(child);
    return;
  }
  const before = node.cbProps || {};
  for (const name of Object.keys(before)) if (!(name in child.props)) setProp(node, name, undefined);
  if (!("html" in child.props)) draw(node, child.children);
  for (const [name, value] of Object.entries(child.props)) setProp(node, name, value, before[name]);
  node.cbProps = child.props;
}

function setProp(node, name, value, before) {
  if (name.startsWith("on")) {
    node[name] = value || null;
  } else if (name === "value") {
    // What somebody is typing this moment is his or hers; the page's value comes in when the field is left.
    if (!(node.cbTyped && node === document.activeElement) && node.value !== String(value ?? "")) node.value = value ?? "";
  } else if (name === "checked" || name === "indeterminate") {
    node[name] = Boolean(value);
  } else if (value === undefined || value === null || value === false) {
    node.removeAttribute(name);
  } else if (value !== before) {
    node.setAttribute(name, value === true ? "" : value);
  }
}
