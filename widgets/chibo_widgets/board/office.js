// The office's reporting periods: the calendar, how complete the one looked at is by base organisation, who is missing.

const DAYS = ["opened", "due", "grace", "locks"];
const PARTS = ["expected", "missing", "empty", "partial", "complete", "verified", "late"];

function paintOffice(ui) {
  const view = ui.view;
  if (!view.shown) return [];
  return h("section", { class: "cb-panel cb-office", "aria-labelledby": "cb-office-title" },
    h("div", { class: "cb-head-line" },
      h("h2", { id: "cb-office-title" }, ui.t("office_title")),
      h("div", { class: "cb-row" }, h("span", { class: "cb-soft cb-small" }, view.account),
        h("button", { type: "button", class: "cb-button cb-slim", "data-repeat": true, onclick: () => ui.go({ again: true }) }, ui.t("office_again")))),
    view.problem && h("div", { class: "cb-body" }, h("p", { class: "cb-say cb-warn", role: "alert" }, view.problem)),
    !view.problem && view.periods.length === 0 && h("p", { class: "cb-body cb-soft" }, ui.t("office_no_periods")),
    view.periods.length > 0 && calendar(ui, view),
    view.progress && h("div", { class: "cb-office-pair" }, progress(ui, view.progress), missing(ui, view)),
    view.progress && source(ui, view));
}

function calendar(ui, view) {
  return h("div", { class: "cb-office-scroll cb-office-calendar", tabindex: 0, role: "group", "aria-label": ui.t("office_title") },
    h("table", { class: "cb-office-table", "aria-label": ui.t("office_title") },
      h("thead", {}, h("tr", {}, ["period", "state", ...DAYS, "owing"].map((name) => h("th", { scope: "col", class: name === "owing" ? "cb-right" : "" }, ui.t(`period_column_${name}`))))),
      h("tbody", {}, view.periods.map((one) => h("tr", { key: one.code, class: one.chosen ? "is-open" : "", onclick: () => ui.go({ period: one.code }) },
        h("td", {}, h("button", { type: "button", class: "cb-office-open", "aria-pressed": String(one.chosen), onclick: (event) => { event.stopPropagation(); ui.go({ period: one.code }); } }, one.name)),
        h("td", {}, h("span", { class: `cb-tag ${one.tone}` }, one.stage)),
        DAYS.map((name) => h("td", { class: "cb-number" }, one[name])),
        h("td", { class: "cb-right cb-number" }, one.owing))))));
}

function progress(ui, part) {
  const line = (row, total) => h("tr", { key: total ? "" : row.name, class: total ? "cb-office-total" : "" },
    h("th", { scope: "row" }, row.name),
    PARTS.map((name) => h("td", { class: `cb-right cb-number${row[name] && name === "missing" ? " cb-office-bad" : ""}${row[name] ? "" : " cb-soft"}` }, row[name])),
    h("td", {}, h("span", { class: "cb-office-rate", title: `${ui.t("office_part_rate")} ${row.rate_text}` },
      h("span", { class: "cb-office-track", "aria-hidden": "true" }, h("i", { style: `width:${row.rate}%` }), h("i", { class: "cb-office-verified", style: `width:${row.verified_rate}%` })),
      h("span", { class: "cb-number" }, row.rate_text))));
  return h("div", { key: "progress", class: "cb-office-progress" },
    h("div", { class: "cb-office-head" }, h("h3", {}, part.title), h("span", { class: "cb-soft cb-small" }, part.summed)),
    h("div", { class: "cb-office-scroll", tabindex: 0, role: "region", "aria-label": part.title }, h("table", { class: "cb-office-table", "aria-label": part.title },
      h("thead", {}, h("tr", {}, h("th", { scope: "col" }, ui.t("office_part_committee")), PARTS.map((name) => h("th", { scope: "col", class: "cb-right" }, ui.t(`office_part_${name}`))), h("th", { scope: "col" }, ui.t("office_part_rate")))),
      h("tbody", {}, part.rows.map((row) => line(row, false)), line(part.total, true)))));
}

function missing(ui, view) {
  const copy = async () => {
    await copyText(view.message);
    ui.mine.copied = view.message;
    ui.repaint();
  };
  return h("div", { key: "missing", class: "cb-office-missing" },
    h("div", { class: "cb-office-head" }, h("h3", {}, ui.t("office_missing")), h("span", { class: "cb-soft cb-small" }, view.missing_count)),
    view.missing.length === 0 && h("p", { class: "cb-say cb-good" }, ui.t("office_nobody_missing")),
    view.shut.length > 0 && h("div", { key: "shut", class: "cb-say cb-small" }, view.shut.map((line) => h("p", {}, line))),
    view.missing.length > 0 && h("ul", { class: "cb-office-scroll", tabindex: 0, "aria-label": ui.t("office_missing") }, view.missing.map((one) => h("li", { key: one.code },
      h("div", { class: "cb-office-who" }, h("b", {}, `${one.code} ${one.name}`), h("span", { class: `cb-tag ${one.late ? "cb-block" : ""}` }, one.overdue)),
      h("p", { class: "cb-soft cb-small" }, one.committee),
      h("p", { class: "cb-soft cb-small" }, [one.state, one.due, one.reason].filter(Boolean).join(" · ")),
      h("p", { class: "cb-small" }, one.contact)))),
    view.missing.length > 0 && h("div", { class: "cb-row" },
      h("button", { type: "button", class: "cb-button cb-slim", onclick: copy }, ui.t("office_copy")),
      h("span", { role: "status", class: "cb-small cb-soft" }, ui.mine.copied === view.message && ui.t("office_copied"))));
}

function source(ui, view) {
  return h("div", { key: "source", class: "cb-office-source" },
    h("div", { class: "cb-office-told", role: "status" },
      h("p", { class: view.taken ? "" : "cb-soft cb-small" }, view.taken || ui.t(view.consolidates ? "office_take_why" : "office_take_not")),
      view.newer && newer(ui, view),
      view.beside && h("p", {}, view.beside),
      view.below && h("p", { class: "cb-office-below" }, view.below)),
    view.taken
      ? h("button", { key: "leave", type: "button", class: "cb-button", onclick: () => ui.go({ office: false }) }, ui.t("office_leave"))
      : view.consolidates && h("button", { key: "take", type: "button", class: "cb-button cb-main", onclick: () => ui.go({ office: true }) }, ui.t("office_take")));
}

// Units that handed in again after their review: which of their two books counts.
function newer(ui, view) {
  const way = (newest, label) => h("label", { class: "cb-row" },
    h("input", { type: "radio", name: "cb-office-edition", checked: view.newest === newest, onchange: () => ui.go({ office: true, newest }) }),
    h("span", {}, label));
  return h("fieldset", { class: "cb-office-newer" },
    h("legend", {}, view.newer),
    way(false, ui.t("office_newer_verified")), way(true, ui.t("office_newer_newest")));
}

export default widget(paintOffice);
