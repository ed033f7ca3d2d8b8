// Reporting periods: one opened from those that may be, one closed or opened again, exceptions of the one looked at.

const FORM = ["due", "againDue", "closeReason", "unit", "until", "exceptReason"];

// After something was done its form is empty again.
function forgetForms(ui) {
  if (ui.mine.token === ui.view.token) return;
  ui.mine.token = ui.view.token;
  for (const name of FORM) ui.mine[name] = "";
  ui.mine.exempt = false;
  ui.mine.closing = false;
}

// A field for a day says what is understood by what was typed, before anything is done with it.
function dayField(ui, name, label, more) {
  const said = ui.view.days[name];
  const read = (event) => ui.go({ read: name, typed: event.target.value });
  return h("div", { class: "cb-admin-day", oninput: () => ui.repaint() },
    textField(ui, name, label, { ...more, onchange: read }),
    h("p", { role: "status", class: "cb-small" }, said && said.typed === ui.mine[name] && h("span", { class: said.bad ? "cb-problem" : "cb-soft" }, said.text)));
}

function opening(ui, view) {
  const chosen = view.openable.some((one) => one.value === ui.mine.opening) ? ui.mine.opening : view.openable[0]?.value;
  const submit = (event) => {
    event.preventDefault();
    ui.act({ open: chosen, due: ui.mine.due ?? "", reason: "" });
  };
  return panel("opening", ui.t("periods_open_title"), null, view.openable.length === 0
    ? h("p", { class: "cb-body cb-soft" }, ui.t("periods_none_to_open"))
    : h("form", { class: "cb-body cb-admin-form", onsubmit: submit },
      h("label", { class: "cb-admin-field" }, h("span", {}, ui.t("period_column_period")),
        h("select", { value: chosen, onchange: (event) => { ui.mine.opening = event.target.value; ui.repaint(); } }, view.openable.map((one) => h("option", { key: one.value, value: one.value, selected: one.value === chosen }, one.label)))),
      dayField(ui, "due", ui.t("periods_due"), { placeholder: ui.t("periods_due_usual") }),
      h("button", { type: "submit", class: "cb-button cb-main" }, ui.t("periods_open"))));
}

function calendar(ui, view) {
  const heads = ["period", "state", "opened", "due", "grace", "locks", "owing"];
  return panel("calendar", ui.t("periods_title"), null, view.periods.length === 0
    ? h("p", { class: "cb-body cb-soft" }, ui.t("periods_none"))
    : table(ui, ui.t("periods_title"), heads.map((head) => ui.t(`period_column_${head}`)), view.periods.map((one) => h("tr", { key: one.code, class: one.chosen ? "is-open" : "" },
      h("td", {}, h("button", { type: "button", class: "cb-link", "aria-pressed": String(one.chosen), onclick: () => ui.go({ period: one.code }) }, one.name)),
      h("td", {}, h("span", { class: `cb-tag ${one.tone}` }, one.stage)),
      ["opened", "due", "grace", "locks", "owing"].map((name) => h("td", { class: "cb-number" }, one[name])))), "cb-last-right"));
}

function closing(ui, now) {
  const send = (event) => {
    event.preventDefault();
    ui.act(now.closed ? { open: now.code, due: ui.mine.againDue ?? "", reason: ui.mine.closeReason ?? "" } : { close: now.code, reason: ui.mine.closeReason ?? "" });
  };
  if (ui.mine.closing !== now.code) return h("div", { class: "cb-row" }, h("button", { key: "ask", type: "button", class: "cb-button", onclick: () => { ui.mine.closing = now.code; ui.repaint(); } }, ui.t(now.closed ? "periods_again" : "periods_close")));
  return h("form", { class: "cb-admin-form", onsubmit: send },
    h("div", { class: "cb-say cb-warn" }, now.what.map((line) => h("p", {}, line))),
    now.closed && dayField(ui, "againDue", ui.t("periods_again_due"), { placeholder: ui.t("periods_again_due_same") }),
    textField(ui, "closeReason", ui.t(now.closed ? "periods_reason_needed" : "periods_reason")),
    h("div", { class: "cb-row" },
      h("button", { type: "submit", class: "cb-button cb-main" }, ui.t(now.closed ? "periods_again" : "periods_close")),
      h("button", { type: "button", class: "cb-button", "data-escape": true, onclick: () => { ui.mine.closing = false; ui.repaint(); } }, ui.t("admin_not_now"))));
}

function excepting(ui, now) {
  const exempt = Boolean(ui.mine.exempt);
  const send = (event) => {
    event.preventDefault();
    ui.act({ unit: ui.mine.unit || (now.units[0]?.value ?? ""), exempt, until: ui.mine.until ?? "", reason: ui.mine.exceptReason ?? "" });
  };
  const way = (value, label) => h("label", { class: "cb-row" }, h("input", { type: "radio", name: "cb-except", checked: exempt === value, onchange: () => { ui.mine.exempt = value; ui.repaint(); } }), h("span", {}, label));
  return h("form", { class: "cb-admin-form", onsubmit: send },
    h("label", { class: "cb-admin-field" }, h("span", {}, ui.t("periods_unit")),
      h("select", { value: ui.mine.unit || now.units[0]?.value, onchange: (event) => { ui.mine.unit = event.target.value; } }, now.units.map((one) => h("option", { key: one.value, value: one.value }, one.label)))),
    h("fieldset", { class: "cb-row" }, h("legend", { class: "cb-unseen" }, ui.t("periods_except")), way(false, ui.t("periods_more_time")), way(true, ui.t("periods_exempt"))),
    !exempt && dayField(ui, "until", ui.t("periods_until"), { placeholder: ui.t("date_form") }),
    textField(ui, "exceptReason", ui.t("periods_reason_needed")),
    h("button", { type: "submit", class: "cb-button" }, ui.t("periods_except_do")));
}

function nowPanel(ui, view) {
  const now = view.now;
  return panel("now", now.name, null, h("div", { class: "cb-body cb-admin-now" },
    view.keeps && h("div", {}, closing(ui, now)),
    h("div", {}, h("h3", {}, ui.t("periods_exceptions")),
      now.exceptions.length === 0 ? h("p", { class: "cb-soft" }, ui.t("periods_no_exceptions"))
        : h("ul", {}, now.exceptions.map((one) => h("li", {}, h("b", {}, one.unit), ": ", one.what, ". ", h("span", { class: "cb-soft" }, ui.t("periods_exception_reason", { reason: one.reason })))))),
    view.keeps && !now.closed && h("div", {}, h("h3", {}, ui.t("periods_except")), excepting(ui, now))));
}

function paintPeriods(ui) {
  const view = ui.view;
  if (view.shown) forgetForms(ui);
  return section(ui, () => [
    !view.keeps && h("p", { key: "keeps", class: "cb-say" }, ui.t("periods_not_kept")),
    h("div", { key: "parts", class: "cb-admin-pair cb-admin-wide" },
      h("div", { class: "cb-admin-stack" }, calendar(ui, view), view.now && nowPanel(ui, view)),
      view.keeps && opening(ui, view)),
  ]);
}

export default widget(paintPeriods);
