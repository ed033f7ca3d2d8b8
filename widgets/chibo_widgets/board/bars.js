// Horizontal bars by base organisation. Every name, every part of a bar and every legend entry is a button that asks
// Python for the units behind it: {group, part}, an empty word standing for "all".

const NARROW = 0.07; // below this share of the track a number does not fit into its part

const collator = new Intl.Collator("vi", { numeric: true, sensitivity: "base" });

function inOrder(groups, order) {
  if (!order) return groups;
  const sign = order === "low" ? 1 : -1;
  return [...groups].sort((a, b) => sign * (a.rank - b.rank) || collator.compare(a.name, b.name));
}

// A button over some units; one without any units is inert.
function opener(ui, group, part, label, units, props, ...inside) {
  return h("button", { type: "button", title: label, "aria-label": label, disabled: units === 0, onclick: () => ui.go({ group, part }), ...props }, ...inside);
}

function legend(ui) {
  return h("ul", { class: "cb-bars-legend" }, ui.view.legend.map((entry) =>
    h("li", { key: entry.key }, opener(ui, "", entry.key, `${entry.name}: ${entry.text}`, entry.units, { class: "cb-bars-entry" },
      h("span", { class: `cb-bars-swatch cb-part-${entry.key}`, "aria-hidden": "true" }), h("span", {}, entry.name), " ", h("b", {}, entry.text)))));
}

function bar(ui, group, first) {
  const stop = ui.mine.stop ?? `${first}/`;
  const tab = (part) => (stop === `${group.key}/${part}` ? 0 : -1);
  return h("li", { key: group.key, class: "cb-bars-row" },
    opener(ui, group.key, "", `${group.name}: ${group.label}`, group.units, { class: "cb-bars-name", tabindex: tab("") }, group.name),
    h("div", { class: "cb-bars-track" }, group.parts.map((part) =>
      opener(ui, group.key, part.key, part.label, part.units, { key: part.key, class: `cb-bars-part cb-part-${part.key}`, tabindex: tab(part.key), style: `width:${part.share * 100}%` },
        part.share >= NARROW ? part.text : ""))),
    h("span", { class: "cb-bars-value cb-number" }, group.value));
}

// Arrow keys walk through the buttons of the list, which as a whole is one stop of the Tab key.
function walkBars(event) {
  const step = { ArrowDown: [1, 0], ArrowUp: [-1, 0], ArrowRight: [0, 1], ArrowLeft: [0, -1] }[event.key];
  const grid = [...event.currentTarget.children].map((row) => [...row.querySelectorAll("button:not(:disabled)")]);
  const at = grid.findIndex((row) => row.includes(document.activeElement));
  if (!step || at < 0) return;
  event.preventDefault();
  const row = grid[Math.min(Math.max(at + step[0], 0), grid.length - 1)];
  const next = row[Math.min(Math.max(grid[at].indexOf(document.activeElement) + step[1], 0), row.length - 1)];
  if (!next) return;
  for (const button of grid.flat()) button.tabIndex = -1;
  next.tabIndex = 0;
  next.focus();
}

function orderChoice(ui) {
  const choose = (event) => {
    ui.mine.order = event.target.value;
    ui.repaint();
  };
  const options = ["", "low", "high"].map((order) => h("option", { value: order }, ui.t(order ? `order_${ui.view.kind}_${order}` : "order_given")));
  return h("select", { class: "cb-bars-order", "aria-label": ui.t("order"), onchange: choose, value: ui.mine.order ?? "" }, options);
}

function paintBars(ui) {
  const groups = inOrder(ui.view.groups ?? [], ui.mine.order);
  if (groups.length === 0) return [];
  const title = ui.t(`chart_${ui.view.kind}`);
  return h("section", { class: `cb-panel cb-bars cb-bars-${ui.view.kind}`, "aria-label": title },
    h("div", { class: "cb-head-line" }, h("h2", {}, title), groups.length > 1 && orderChoice(ui)),
    legend(ui),
    h("ul", { class: "cb-bars-list", onkeydown: walkBars }, groups.map((group) => bar(ui, group, groups[0].key))),
    h("p", { class: "cb-bars-note cb-soft cb-small" }, ui.t(`chart_${ui.view.kind}_note`)));
}

export default widget(paintBars);
