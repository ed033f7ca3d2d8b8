// The month looked at, and the optional list of the cells that owe a report.

async function sendList(ui, event) {
  const files = [...event.target.files];
  event.target.value = "";
  if (files.length) await sendFiles(ui.model, files, () => {});
}

// The month as last asked for: two quick changes must not undo each other while the first is still on its way.
function monthAsked(ui) {
  const { asked } = ui.mine;
  if (asked && asked.month === ui.view.month && asked.year === ui.view.year) ui.mine.asked = null;
  return ui.mine.asked ?? { month: ui.view.month, year: ui.view.year };
}

function askMonth(ui, to) {
  ui.mine.asked = { ...monthAsked(ui), ...to };
  ui.go(ui.mine.asked);
}

function monthStep(ui, step) {
  const { month, year } = monthAsked(ui);
  const at = year * 12 + (month - 1) + step;
  return { year: Math.floor(at / 12), month: (at % 12) + 1 };
}

function monthPicker(ui) {
  const { years } = ui.view;
  const { month, year } = monthAsked(ui);
  const go = (to) => askMonth(ui, to);
  const known = ({ year: wanted }) => years.includes(wanted);
  const arrow = (step, label, sign) => h("button", { type: "button", class: "cb-button cb-slim", "data-repeat": true, "aria-label": ui.t(label), title: ui.t(label), disabled: !known(monthStep(ui, step)), onclick: () => go(monthStep(ui, step)) }, sign);
  const months = Array.from({ length: 12 }, (_, index) => index + 1);
  return h("div", { class: "cb-row cb-setting-month", role: "group", "aria-label": ui.t("setting_title") },
    arrow(-1, "month_before", "‹"),
    h("select", { "aria-label": ui.t("month"), value: month, onchange: (event) => go({ month: Number(event.target.value) }) }, months.map((number) => h("option", { value: number }, `${ui.t("month")} ${number}`))),
    h("select", { "aria-label": ui.t("year"), value: year, onchange: (event) => go({ year: Number(event.target.value) }) }, years.map((number) => h("option", { value: number }, number))),
    arrow(1, "month_after", "›"));
}

function expectedList(ui) {
  const { expected } = ui.view;
  const outside = expected.outside && h("p", { class: "cb-small cb-soft" }, expected.outside);
  if (expected.office) return h("div", { class: "cb-setting-expected" }, h("p", { class: "cb-small" }, expected.office), outside);
  const pick = () => ui.el.querySelector("input[type=file]").click();
  return h("div", { class: "cb-setting-expected" },
    h("input", { type: "file", hidden: true, accept: ".csv,.xlsx,.xlsm,.xls", tabindex: -1, "aria-label": ui.t("expected_choose"), onchange: (event) => sendList(ui, event) }),
    h("p", { class: "cb-small" + (expected.count ? "" : " cb-setting-advice") }, expected.count ? ui.t("expected_loaded", expected) : ui.t(expected.has_office ? "expected_not_office" : "expected_none"), " ",
      h("button", { type: "button", class: "cb-link", title: ui.t("expected_hint"), onclick: pick }, ui.t("expected_choose")), " ",
      expected.count > 0 && h("button", { type: "button", class: "cb-link", onclick: () => ui.act({ forget: true }) }, ui.t("expected_drop"))),
    outside,
    h("div", { role: "alert" }, expected.problems.map((text) => h("p", { key: text, class: "cb-problem" }, text))));
}

// The masthead's switch of language works in place: opening the page again would lose the books taken so far.
function languageLink(ui) {
  const { language } = ui.view;
  const change = (other) => ui.go({ language: other });
  wordMasthead(language, { product: ui.t("head_product"), page: ui.t("head_page"), other: ui.t("head_other_language") }, change);
  const other = language === "vi" ? "en" : "vi";
  return !masthead() && h("button", { type: "button", class: "cb-link", lang: other, onclick: () => change(other) }, ui.t("head_other_language"));
}

function paintSetting(ui) {
  return h("div", { class: "cb-setting" },
    h("div", { class: "cb-setting-title" }, h("h1", {}, ui.t("page_title", { month: ui.view.month, year: ui.view.year })), expectedList(ui)),
    languageLink(ui),
    monthPicker(ui));
}

export default widget(paintSetting);
