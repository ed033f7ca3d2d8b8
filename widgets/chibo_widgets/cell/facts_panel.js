// The facts of the meeting beside the form, each with what it comes from.

function factsPanel(ui) {
  const view = ui.view;
  if (!view.rows) return [];
  return h("section", { class: "cb-panel cb-facts", "aria-labelledby": "cb-facts-title" },
    h("div", { class: "cb-head-line" },
      h("h2", { id: "cb-facts-title" }, ui.t("facts_title")),
      view.canEdit && h("button", { type: "button", class: "cb-link cb-small", onclick: () => ui.go({ go: "step", step: 2 }) }, ui.t("facts_edit"))),
    h("dl", { class: "cb-facts-list" }, view.rows.map((row) => [
      h("dt", { key: "t" + row.code }, row.label),
      h("dd", { key: "d" + row.code, class: row.value === "–" ? "cb-soft" : "" }, row.value, row.note && h("small", { class: "cb-soft" }, row.note)),
    ])),
    view.note && h("p", { class: "cb-facts-note cb-soft cb-small" }, view.note),
    view.before && [
      h("div", { key: "before", class: "cb-head-line cb-facts-before" }, h("h3", {}, view.before.title)),
      h("dl", { key: "before-list", class: "cb-facts-list" }, view.before.rows.map((row) => [
        h("dt", { key: "t" + row.code }, row.label), h("dd", { key: "d" + row.code }, row.value)])),
    ]);
}

export default widget(factsPanel);
