// What the parts of the page share: what was last said stands first; a refusal stands in the place of everything else.

function section(ui, children) {
  const view = ui.view;
  if (!view.shown) return [];
  bringSaidIntoSight(ui);
  return h("div", { key: "section", class: "cb-admin-section" },
    h("div", { role: "status", "aria-live": "polite" }, view.said && h("p", { key: view.said, class: `cb-admin-said cb-say cb-${view.tone}` }, view.said)),
    view.refused ? h("p", { class: "cb-say cb-warn" }, view.refused) : children());
}

// A part may be longer than the window: whoever pressed a button at its foot is shown what came of it.
function bringSaidIntoSight(ui) {
  const token = `${ui.sent} ${ui.view.said}`;
  if (ui.mine.saidToken === token) return;
  ui.mine.saidToken = token;
  if (ui.view.said) requestAnimationFrame(() => ui.el.querySelector(".cb-admin-said")?.scrollIntoView({ block: "nearest" }));
}

function panel(id, title, aside, body) {
  return h("section", { key: id, class: "cb-panel", "aria-labelledby": `cb-admin-${id}` },
    h("div", { class: "cb-head-line" }, h("h2", { id: `cb-admin-${id}` }, title), aside && h("div", { class: "cb-row cb-soft cb-small" }, aside)), body);
}

function table(ui, label, heads, rows, more = "") {
  return h("div", { class: "cb-admin-scroll", tabindex: 0, role: "region", "aria-label": label },
    h("table", { class: `cb-admin-table ${more}`, "aria-label": label },
      h("thead", {}, h("tr", {}, heads.map((head) => h("th", { scope: "col" }, head)))),
      h("tbody", {}, rows)));
}

// A button that chooses one file and sends it.
function fileButton(ui, label, accept, main) {
  const send = async (event) => {
    const files = [...event.target.files];
    event.target.value = "";
    if (!files.length) return;
    ui.mine.sending = true;
    ui.repaint();
    await sendFiles(ui.model, files, () => {});
    ui.mine.sending = false;
    ui.repaint();
  };
  return [
    h("input", { type: "file", hidden: true, accept, tabindex: -1, "aria-label": label, onchange: send }),
    h("button", { type: "button", class: "cb-button" + (main ? " cb-main" : ""), disabled: Boolean(ui.mine.sending), onclick: (event) => event.currentTarget.previousElementSibling.click() }, ui.mine.sending ? ui.t("admin_reading") : label),
  ];
}

const LONGEST_LINE = 500; // as admin/messages.py takes

// A labelled line of text of a form whose half-written words live here. What is too long is kept and told, never cut;
// the browser sends no form with it.
function textField(ui, name, label, more) {
  return lineField(ui, name, label, LONGEST_LINE, { type: "text", autocomplete: "off", ...more });
}

function lineField(ui, name, label, most, more) {
  const value = ui.mine[name] ?? "";
  const length = [...value].length;
  const problem = length > most ? ui.t("field_too_long", { n: length, most }) : "";
  const id = `cb-admin-${name}-problem`;
  const typed = (event) => {
    ui.mine[name] = event.target.value;
    const long = [...event.target.value].length > most;
    event.target.setCustomValidity(long ? ui.t("field_too_long", { n: [...event.target.value].length, most }) : "");
    if (long || problem) ui.repaint();
  };
  return h("label", { class: "cb-admin-field" }, h("span", {}, label),
    h("input", { ...more, value, oninput: typed, "aria-invalid": problem ? "true" : null, "aria-describedby": problem ? id : null }),
    problem && h("span", { id, class: "cb-problem", role: "alert" }, problem));
}
