// A book that somebody else changed meanwhile: the button that merges both, and the account of what became of it.

// The button tells at once that it was pressed: three books are read for it.
function wayToMerge(ui, period) {
  const busy = ui.mine.merging === ui.view;
  const start = () => {
    ui.mine.merging = ui.view;
    ui.go({ go: "merge", period });
    ui.repaint();
  };
  return h("button", { type: "button", class: "cb-button", "aria-busy": String(busy), disabled: busy, onclick: start }, ui.t(busy ? "merge_busy" : "merge_do"));
}

function mergedBook(ui, merged) {
  const { clashes, taken, gone } = merged;
  return h("section", { key: "merged", class: "cb-handing-changes cb-merged", "aria-labelledby": "cb-merged-title" },
    h("h2", { id: "cb-merged-title" }, merged.title),
    h("p", {}, taken.title, " ", clashes.title, " ", gone.title),
    clashes.rows.length > 0 && h("div", { class: "cb-say cb-warn" }, h("p", {}, merged.keep)),
    clashes.rows.length > 0 && mergedTable(ui, clashes),
    [taken, gone].map((list) => list.rows.length > 0 && h("details", {}, h("summary", {}, list.fold), mergedTable(ui, list))),
    h("p", {}, merged.next, " ", h("span", { class: "cb-soft" }, merged.kept)));
}

// A row that stands in a field of the page leads to it; of another one its cell is named.
function mergedTable(ui, list) {
  const value = (text, index) => {
    const way = list.ways[index];
    if (way) return h("button", { type: "button", class: "cb-link", title: ui.t("merged_go"), onclick: () => ui.go(way) }, text === "–" ? ui.t("merged_go_row") : text);
    return [text, h("span", { class: "cb-soft cb-small cb-merged-aside" }, list.asides[index])];
  };
  return [
    h("div", { class: "cb-handing-scroll", tabindex: 0, role: "region", "aria-label": list.title },
      h("table", { class: "cb-handing-table" },
        h("thead", {}, h("tr", {}, list.heads.map((head) => h("th", { scope: "col" }, head)))),
        h("tbody", {}, list.rows.map((row, index) => h("tr", {}, row.map((text, at) => h("td", {}, at === list.link ? value(text, index) : text))))))),
    list.more && h("p", { class: "cb-soft" }, list.more),
  ];
}
