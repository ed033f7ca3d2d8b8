// The definitions in force, and a changed file on trial: what differs, what would be wrong, why it is published.

function onTrial(ui, trial) {
  const publish = (event) => {
    event.preventDefault();
    ui.act({ publish: true, reason: ui.mine.reason ?? "" });
  };
  return panel("trial", trial.title, trial.said, h("div", { class: "cb-body" },
    trial.problems.length > 0 && h("div", { class: "cb-say cb-bad" }, h("p", {}, h("b", {}, ui.t("definitions_problems"))), h("ul", {}, trial.problems.map((problem) => h("li", {}, problem)))),
    trial.lines.length > 0 && h("pre", { class: "cb-admin-diff", tabindex: 0, "aria-label": trial.title }, trial.lines.map((line) => h("span", { class: { "+": "cb-added", "-": "cb-gone", "@": "cb-gap-line" }[line.tone] ?? "" }, (line.tone === "@" ? "⋯" : `${line.tone} ${line.text}`) + "\n"))),
    trial.more && h("p", { class: "cb-soft" }, trial.more),
    h("form", { class: "cb-admin-form cb-after", onsubmit: publish },
      trial.ready && textField(ui, "reason", ui.t("definitions_reason")),
      h("div", { class: "cb-row" },
        trial.ready && h("button", { type: "submit", class: "cb-button cb-main" }, ui.t("definitions_publish")),
        h("button", { type: "button", class: "cb-button", "data-escape": true, onclick: () => ui.go({ drop: true }) }, ui.t("admin_not_now"))))));
}

function paintDefinitions(ui) {
  const view = ui.view;
  if (view.shown && !view.trial) ui.mine.reason = "";
  return section(ui, () => [
    h("div", { key: "ways", class: "cb-admin-ways" },
      h("p", { class: "cb-soft" }, ui.t("definitions_lead")),
      h("div", { class: "cb-row" }, fileButton(ui, ui.t("definitions_try"), ".toml", !view.trial))),
    view.trial && onTrial(ui, view.trial),
    panel("files", ui.t("definitions_title"), h("span", { class: view.wrong ? "cb-problem" : "" }, view.sound),
      table(ui, ui.t("definitions_title"), ["kind", "file", "whose", "check"].map((head) => ui.t(`definitions_${head}`)), view.files.map((one) => h("tr", { key: one.kind + one.name },
        h("td", {}, one.kind), h("td", {}, one.name), h("td", {}, h("span", { class: `cb-tag ${one.tone && `cb-${one.tone}`}` }, one.whose)),
        h("td", {}, one.problem ? h("span", { class: "cb-problem" }, one.problem) : ui.t("definitions_is_sound")))))),
  ]);
}

export default widget(paintDefinitions, catchMissedDrops);
