// The year at a glance: twelve months, and the thematic plan by quarter.

function yearStrip(ui) {
  const view = ui.view;
  if (!view.months) return [];
  return h("section", { class: "cb-panel cb-year", "aria-label": ui.t("year_label", { year: view.year }) },
    h("ol", { class: "cb-months" }, view.months.map((month) => h("li", { key: month.number },
      h("button", {
        type: "button", class: "cb-month cb-state-" + month.state, "aria-current": month.chosen ? "true" : undefined,
        "aria-label": month.spoken, onclick: () => ui.go(month.go),
      },
        h("b", {}, month.label),
        h("span", { class: "cb-month-line" }, month.line),
        month.more && h("small", {}, month.more))))),
    h("div", { class: "cb-quarters" },
      h("span", { class: "cb-soft" }, ui.t("quarters_title")),
      h("ul", {}, view.quarters.map((quarter) => h("li", { key: quarter.number },
        h("span", { class: "cb-soft" }, quarter.label + " "),
        h("span", { class: quarter.tone ? "cb-" + quarter.tone : "" }, quarter.line)))),
      view.legend && h("span", { class: "cb-soft cb-year-legend" }, view.legend)));
}

export default widget(yearStrip);
