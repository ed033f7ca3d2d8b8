// The roll call: a row for each member. A letter typed on a row marks it and goes on to the next; a column copied
// from Excel may be pasted anywhere on the list.

const CLEAR = "clear";
const DAILY = 3; // the marks that stand in the open; the rarer ones are in the list beside them

function rollCall(ui) {
  const view = ui.view;
  if (!view.members) return [];
  leadToMember(ui);
  if (view.meeting !== ui.mine.meeting) ui.mine = Object.assign(ui.mine, { meeting: view.meeting, pasting: false, text: "" });
  return h("section", { class: "cb-panel cb-roll", "aria-labelledby": "cb-roll-title", onpaste: (event) => pasteOnList(ui, event) },
    h("div", { class: "cb-head-line" },
      h("h2", { id: "cb-roll-title", tabindex: -1 }, ui.t("roll_title")),
      h("span", { class: "cb-soft cb-small", role: "status" }, view.summary)),
    view.members.length === 0
      ? h("p", { class: "cb-body cb-soft" }, ui.t("roll_no_members"))
      : [
        h("div", { key: "tools", class: "cb-body cb-row" },
          h("button", { type: "button", class: "cb-button" + (view.marked ? "" : " cb-main"), disabled: view.left === 0, onclick: () => ui.act({ act: "all-present", meeting: view.meeting }) },
            view.marked && view.left > 0 ? ui.t("roll_rest_present", { n: view.left }) : ui.t("roll_all_present")),
          h("button", { type: "button", class: "cb-button", "aria-expanded": String(ui.mine.pasting), onclick: () => { ui.mine.pasting = !ui.mine.pasting; ui.repaint(); } }, ui.t("roll_paste")),
          view.marked && h("button", { type: "button", class: "cb-link", onclick: () => ui.act({ act: "clear-marks", meeting: view.meeting }) }, ui.t("roll_clear"))),
        ui.mine.pasting && pastePanel(ui),
        view.unmatched.length > 0 && h("div", { key: "unmatched", class: "cb-body" },
          h("div", { class: "cb-say cb-warn" },
            h("p", {}, ui.t("roll_unmatched", { n: view.unmatched.length })),
            h("ul", { class: "cb-roll-unmatched", tabindex: 0, "aria-label": ui.t("roll_unmatched", { n: view.unmatched.length }) }, view.unmatched.map((line) => h("li", {}, line))))),
        h("p", { key: "keys", class: "cb-soft cb-small cb-roll-keys" }, ui.t("roll_keys")),
        h("ol", { key: "list", class: "cb-roll-list" }, view.members.map((member, index) => rollRow(ui, member, index))),
      ]);
}

// Where something led to the line of a member: it is brought into sight and takes the focus.
function leadToMember(ui) {
  const at = ui.view.members.findIndex((member) => member.code === ui.view.focus);
  if (at < 0 || ui.mine.ledTo === ui.view) return;
  ui.mine.ledTo = ui.view;
  requestAnimationFrame(() => {
    const row = ui.el.querySelectorAll(".cb-roll-row")[at];
    row.scrollIntoView({ block: "center" });
    (row.querySelector("input:checked") || row.querySelector("input")).focus({ preventScroll: true });
  });
}

function pastePanel(ui) {
  return h("div", { key: "paste", class: "cb-body cb-roll-paste" },
    h("label", { for: "cb-roll-text" }, ui.t("roll_paste_label")),
    h("textarea", { id: "cb-roll-text", rows: 5, value: ui.mine.text, "data-focus": "paste-" + ui.view.meeting, oninput: (event) => { ui.mine.text = event.target.value; } }),
    h("div", { class: "cb-row" },
      h("button", { type: "button", class: "cb-button cb-main", onclick: () => takePaste(ui, ui.mine.text) }, ui.t("roll_paste_do")),
      h("button", { type: "button", class: "cb-button", "data-escape": true, onclick: () => { ui.mine.pasting = false; ui.repaint(); } }, ui.t("roll_paste_cancel"))));
}

function pasteOnList(ui, event) {
  if (event.target.matches("textarea, input[type=text]")) return;
  const text = event.clipboardData.getData("text/plain");
  if (!text.trim()) return;
  event.preventDefault();
  takePaste(ui, text);
}

function takePaste(ui, text) {
  if (!text.trim()) return;
  ui.mine.pasting = false;
  ui.mine.text = "";
  ui.el.cbFocused = null;
  ui.act({ act: "paste", meeting: ui.view.meeting, text });
  ui.repaint();
}

function rollRow(ui, member, index) {
  const view = ui.view;
  const name = "cb-roll-" + view.meeting + "-" + index;
  const mark = (value) => ui.act({ act: "mark", meeting: view.meeting, member: member.code, mark: value });
  const rare = view.marks.slice(DAILY);
  const isRare = rare.some((one) => one.value === member.mark);
  return h("li", { key: member.code, class: member.mark ? "" : "cb-open" },
    h("fieldset", { class: "cb-roll-row", onkeydown: (event) => typedMark(ui, event, mark, index) },
      h("legend", { class: "cb-unseen" }, member.name + (member.post ? ", " + member.post : "")),
      h("span", { class: "cb-soft cb-number cb-roll-no", "aria-hidden": "true" }, index + 1),
      h("span", { class: "cb-roll-name", "aria-hidden": "true" }, member.name, member.post && h("small", { class: "cb-soft" }, " · " + member.post)),
      h("span", { class: "cb-seg" }, view.marks.slice(0, DAILY).map((one) => h("span", { key: one.value, class: "cb-seg-one cb-mark-" + one.name },
        h("input", { type: "radio", class: "cb-unseen-input", id: name + one.value, name, value: one.value, checked: member.mark === one.value, onchange: () => mark(one.value) }),
        h("label", { for: name + one.value }, one.label)))),
      h("select", { class: isRare ? "cb-chosen" : "", "aria-label": ui.t("roll_other"), value: isRare ? member.mark : "", onchange: (event) => mark(event.target.value === CLEAR ? null : event.target.value) },
        h("option", { value: "", disabled: true }, ui.t("roll_other")),
        rare.map((one) => h("option", { key: one.value, value: one.value, selected: one.value === member.mark }, one.label)),
        h("option", { value: CLEAR, disabled: !member.mark }, ui.t("roll_no_mark")))));
}

function typedMark(ui, event, mark, index) {
  if (event.ctrlKey || event.altKey || event.metaKey || event.target.localName === "select") return;
  const letter = event.key.toUpperCase();
  const known = ui.view.marks.some((one) => one.value === letter);
  if (!known && event.key !== "Delete" && event.key !== "Backspace") return;
  event.preventDefault();
  mark(known ? letter : null);
  const rows = ui.el.querySelectorAll(".cb-roll-row");
  const next = rows[Math.min(index + 1, rows.length - 1)];
  const goal = next.querySelector("input:checked") || next.querySelector("input");
  if (known && goal) goal.focus();
}

export default widget(rollCall);
