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
    clashes.rows.length > 0 && mergedTable(clashes),
    [taken, gone].map((list) => list.rows.length > 0 && h("details", {}, h("summary", {}, list.fold), mergedTable(list))),
    h("p", {}, merged.next, " ", h("span", { class: "cb-soft" }, merged.kept)));
}

function mergedTable(list) {
  return [
    h("div", { class: "cb-handing-scroll", tabindex: 0, role: "region", "aria-label": list.title },
      h("table", { class: "cb-handing-table" },
        h("thead", {}, h("tr", {}, list.heads.map((head) => h("th", { scope: "col" }, head)))),
        h("tbody", {}, list.rows.map((row) => h("tr", {}, row.map((value) => h("td", {}, value))))))),
    list.more && h("p", { class: "cb-soft" }, list.more),
  ];
}
