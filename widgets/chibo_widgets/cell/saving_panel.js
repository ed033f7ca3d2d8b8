// The last step: the workbook with everything written in, and the score sheet on paper.

function savingPanel(ui) {
  const view = ui.view;
  if (!view.name) return [];
  const chosen = view.meetings.some((one) => one.code === ui.mine.meeting) ? ui.mine.meeting : view.meeting;
  const handNext = view.taken && view.hand_in && view.blocked.length + view.untaken.length === 0; // what is to be mended goes before
  return [
    h("section", { key: "book", class: "cb-panel cb-saving", "aria-labelledby": "cb-saving-title" },
      h("div", { class: "cb-head-line" }, h("h1", { id: "cb-saving-title" }, ui.t("saving_title"))),
      h("div", { class: "cb-body" },
        h("p", {}, view.lead),
        view.lost.length > 0 && h("div", { class: "cb-say cb-warn cb-after" },
          h("p", {}, h("b", {}, ui.t("saving_lost_title"))),
          h("p", {}, ui.t("saving_lost_lead", { file: view.file })),
          h("ul", {}, view.lost.map((line) => h("li", {}, line)))),
        linesToSee(ui, view.untaken, "saving_untaken_title"),
        linesToSee(ui, view.blocked, "saving_blocked_title"),
        h("p", { class: "cb-saving-name" }, h("span", { class: "cb-file", "aria-hidden": "true" }, "XLSX"), view.name),
        h("div", { class: "cb-row cb-after" },
          h("button", { type: "button", class: "cb-button" + (handNext ? "" : " cb-main"), "data-focus": view.focus, onclick: () => ui.go({ go: "download" }) }, ui.t("saving_do")),
          view.hand_in && h("button", { type: "button", class: "cb-button" + (handNext ? " cb-main" : ""), onclick: () => ui.go({ go: "step", step: 5 }) }, ui.t("saving_hand_in")),
          h("button", { type: "button", class: "cb-button", onclick: () => ui.go({ go: "step", step: 1, other: true }) }, ui.t("saving_other_book"))),
        view.taken && h("p", { class: "cb-say cb-good cb-after", role: "status" }, view.taken))),
    view.meetings.length > 0 && h("section", { key: "sheet", class: "cb-panel cb-saving", "aria-labelledby": "cb-sheet-choice" },
      h("div", { class: "cb-head-line" }, h("h2", { id: "cb-sheet-choice" }, ui.t("saving_sheet_title"))),
      h("div", { class: "cb-body" },
        h("p", {}, ui.t("saving_sheet_lead")),
        h("div", { class: "cb-row cb-after" },
          h("label", { class: "cb-row" }, h("span", {}, ui.t("saving_sheet_which")),
            h("select", { class: "cb-narrow", value: chosen, onchange: (event) => { ui.mine.meeting = event.target.value; ui.repaint(); } },
              view.meetings.map((one) => h("option", { key: one.code, value: one.code, selected: one.code === chosen }, one.label)))),
          h("button", { type: "button", class: "cb-button", onclick: () => ui.go({ go: "print", meeting: chosen }) }, ui.t("score_print"))))),
  ];
}

function linesToSee(ui, lines, title) {
  return lines.length > 0 && h("div", { key: title, class: "cb-say cb-bad cb-after" },
    h("p", {}, h("b", {}, ui.t(title))),
    h("ul", {}, lines.map((line) => h("li", {}, line.go ? h("button", { type: "button", class: "cb-link", onclick: () => ui.go(line.go) }, line.text) : line.text))));
}

export default widget(savingPanel);
