// The definitions in force, and a changed file on trial: what differs, what would be wrong, why it is published.

function onTrial(ui, trial) {
  const publish = (event) => {
    event.preventDefault();
    ui.act({ publish: true, reason: ui.mine.reason ?? "" });
  };
  return panel("trial", trial.title, trial.said, h("div", { class: "cb-body" },
    trial.problems.length > 0 && h("div", { class: "cb-say cb-bad" }, h("p", {}, h("b", {}, ui.t("definitions_problems"))), h("ul", {}, trial.problems.map((problem) => h("li", {}, problem)))),
    trial.lines.length > 0 && h("pre", { class: "cb-admin-diff", tabindex: 0, "aria-label": trial.title }, trial.lines.map((line) => h("span", { class: { "+": "cb-added", "-": "cb-gone", "@": "cb-gap-line" }[line.tone] ?? "" }, (line.tone === "@" ? "⋯" : `${line.tone} ${line.text}`) + "\n"))),
    trial.changes.length > 0 && frameChanges(ui, trial),
    trial.more && h("p", { class: "cb-soft" }, trial.more),
    h("form", { class: "cb-admin-form cb-after", onsubmit: publish },
      trial.ready && textField(ui, "reason", ui.t("definitions_reason")),
      h("div", { class: "cb-row" },
        trial.ready && h("button", { type: "submit", class: "cb-button cb-main" }, ui.t("definitions_publish")),
        h("button", { type: "button", class: "cb-button", "data-escape": true, onclick: () => ui.go({ drop: true }) }, ui.t("admin_not_now"))))));
}

function frameChanges(ui, trial) {
  const heads = ["table", "row", "column", "before", "after"];
  return table(ui, trial.title, heads.map((head) => ui.t(`definitions_change_${head}`)), trial.changes.map((one) => h("tr", {},
    h("td", {}, one.table), h("td", {}, one.row), h("td", {}, one.column),
    h("td", { class: "cb-admin-was" }, one.before || "–"), h("td", { class: "cb-admin-will" }, one.after || "–"))));
}

function fileRow(ui, one) {
  const asked = ui.mine.withdrawing === one.inside;
  const withdraw = (event) => {
    event.preventDefault();
    ui.act({ withdraw: one.inside, reason: ui.mine.why ?? "" });
  };
  const ask = (inside) => () => {
    ui.mine.withdrawing = inside;
    ui.mine.why = "";
    ui.repaint();
  };
  return h("tr", { key: one.inside },
    h("td", {}, one.kind),
    h("td", {}, one.name, one.frame && [" ", h("button", { key: "frame", type: "button", class: "cb-link", "aria-label": ui.t("definitions_take_frame_of", { frame: one.frame }), onclick: () => ui.act({ frame: one.frame }) }, ui.t("definitions_take_frame"))]),
    h("td", {}, h("span", { class: `cb-tag ${one.tone && `cb-${one.tone}`}` }, one.whose),
      ui.view.keeps && one.withdraw && !asked && [" ", h("button", { key: "ask", type: "button", class: "cb-link", onclick: ask(one.inside) }, one.withdraw)],
      asked && h("form", { key: "form", class: "cb-admin-form cb-after", onsubmit: withdraw },
        textField(ui, "why", ui.t("definitions_reason")),
        h("div", { class: "cb-row" }, h("button", { type: "submit", class: "cb-button cb-slim" }, one.withdraw),
          h("button", { type: "button", class: "cb-button cb-slim", "data-escape": true, onclick: ask("") }, ui.t("admin_not_now"))))),
    h("td", {}, one.problem ? h("span", { class: "cb-problem" }, one.problem) : ui.t("definitions_is_sound")));
}

function paintDefinitions(ui) {
  const view = ui.view;
  if (view.shown && !view.trial) ui.mine.reason = "";
  if (view.shown && !view.files.some((one) => one.inside === ui.mine.withdrawing && one.withdraw)) ui.mine.withdrawing = "";
  return section(ui, () => [
    h("div", { key: "ways", class: "cb-admin-ways" },
      h("p", { class: "cb-soft" }, ui.t(view.keeps ? "definitions_lead" : "definitions_not_kept")),
      view.keeps && h("div", { class: "cb-row" }, fileButton(ui, ui.t("definitions_try"), ".toml,.xlsx,.xlsm", !view.trial))),
    view.trial && onTrial(ui, view.trial),
    panel("files", ui.t("definitions_title"), h("span", { class: view.wrong ? "cb-problem" : "" }, view.sound),
      table(ui, ui.t("definitions_title"), ["kind", "file", "whose", "check"].map((head) => ui.t(`definitions_${head}`)), view.files.map((one) => fileRow(ui, one)))),
  ]);
}

export default widget(paintDefinitions, catchMissedDrops);
