// Refused workbooks: each with its main reason and what to do; the name opens all of its findings.

function refusedItem(ui, item) {
  return h("li", { key: item.key, class: "cb-refused-item" },
    h("div", {}, h("button", { type: "button", class: "cb-link cb-refused-name", onclick: () => ui.go({ open: item.key }) }, item.file),
      item.cell && h("span", { class: "cb-soft" }, ` · ${item.cell}`)),
    h("p", {}, h("b", {}, `${item.title}. `), item.text),
    h("p", {}, ui.t("refused_do", { mend: item.mend })),
    h("p", { class: "cb-small cb-soft" }, item.places.join(" · "), item.more > 0 && ` · ${ui.t("refused_more", { n: item.more })}`));
}

function paintRefused(ui) {
  const items = ui.view.items ?? [];
  if (items.length === 0) return [];
  return h("section", { class: "cb-panel cb-refused", "aria-label": ui.t("refused_title") },
    h("div", { class: "cb-head-line" }, h("h2", {}, ui.t("refused_title")), h("span", { class: "cb-soft cb-small" }, ui.t("refused_count", { n: items.length }))),
    h("ul", { class: "cb-refused-list" }, items.map((item) => refusedItem(ui, item))));
}

export default widget(paintRefused);
