// The score form made from the frame. Every group of choices is a fieldset of real radio buttons, so the arrow keys
// work; the points shown are Python's, a choice is only marked at once so that the hand is not kept waiting.

function scoreForm(ui) {
  const view = ui.view;
  if (!view.groups) return view.empty ? [emptyScore(ui)] : [];
  if (view.meeting !== ui.mine.meeting) {
    ui.mine.meeting = view.meeting;
    ui.mine.open = {};
    ui.mine.chosen = {};
  }
  if (ui.mine.drawn !== view) {
    ui.mine.drawn = view;
    ui.mine.chosen = {};
  }
  return [
    h("div", { key: "lead", class: "cb-score-lead" },
      h("h1", {}, view.title),
      h("p", { class: "cb-soft" }, view.lead),
      h("p", { class: "cb-soft cb-small" }, ui.t("score_supported_why")),
      view.confirm && h("p", { class: "cb-soft cb-small" }, view.confirm),
      view.mend && h("p", { class: "cb-say cb-bad cb-after" }, view.mend.text, " ",
        view.mend.go && h("button", { type: "button", class: "cb-link", onclick: () => ui.go(view.mend.go) }, ui.t("place_here"))),
      view.fillable > 0 && h("p", { class: "cb-after-small" }, h("button", { type: "button", class: "cb-button cb-slim", onclick: () => ui.act({ act: "fill-by-facts", meeting: view.meeting }) }, ui.t("score_fill", { n: view.fillable })))),
    view.groups.map((group) => scoreGroup(ui, group)),
    scoreFooter(ui),
  ];
}

function emptyScore(ui) {
  const empty = ui.view.empty;
  return h("section", { key: "empty", class: "cb-panel" },
    h("div", { class: "cb-body" },
      h("h1", {}, empty.title),
      h("p", {}, empty.text),
      empty.action && h("p", { class: "cb-after" },
        h("button", { type: "button", class: "cb-button cb-main", onclick: () => ui.go(empty.action.go) }, empty.action.label))));
}

function scoreGroup(ui, group) {
  return h("section", { key: "group-" + group.code, class: "cb-panel cb-score-group", "aria-labelledby": "cb-group-" + group.code },
    h("div", { class: "cb-head-line" },
      h("h2", { id: "cb-group-" + group.code }, group.label),
      h("span", { class: "cb-soft cb-number" }, h("b", {}, showNumber(group.points)), " / " + showNumber(group.maximum) + " " + ui.t("score_points_word"))),
    group.rows.map((row) => scoreRow(ui, row)));
}

function scoreRow(ui, row) {
  const id = "cb-crit-" + row.code;
  const points = row.code in ui.mine.chosen ? ui.mine.chosen[row.code] : row.points;
  return h("fieldset", { key: row.code, id, class: "cb-crit" + (points === null ? " cb-open" : ""), "aria-describedby": id + "-why" },
    h("legend", { class: "cb-unseen" }, row.code + ". " + row.label + " (" + ui.t("score_most", { points: showNumber(row.most) }) + ")"),
    h("span", { class: "cb-crit-code cb-number", "aria-hidden": "true" }, row.code),
    h("div", { class: "cb-crit-text" },
      h("span", { class: "cb-crit-label", "aria-hidden": "true" }, row.label),
      h("div", { id: id + "-why" },
        row.rejected && h("span", { class: "cb-problem cb-crit-rejected" }, row.rejected.text),
        row.help && h("span", { class: "cb-crit-help" }, row.help),
        row.fact && h("span", { class: "cb-fact cb-fact-" + row.fact.tone }, row.fact.text),
        row.hint && row.hint.points !== points && h("button", { key: "hint", type: "button", class: "cb-link cb-small cb-crit-hint", onclick: () => choose(ui, row, row.hint.points) },
          row.hint.label, h("span", { class: "cb-unseen" }, " " + row.code)),
        row.tags.map((tag) => h("span", { class: "cb-tag cb-note cb-crit-tag" }, tag)),
        row.question && h("span", { class: "cb-crit-help" }, row.question))),
    row.choices.length ? scoreChoices(ui, row, points) : scoreStepper(ui, row, points),
    h("div", { class: "cb-crit-points cb-number" },
      (points !== null || row.rejected) && h("button", { key: "clear", type: "button", class: "cb-crit-clear", title: ui.t("score_clear"), "aria-label": ui.t("score_clear") + " " + row.code, onclick: () => choose(ui, row, null) }, "×"),
      points === null && row.rejected ? h("b", { class: "cb-crit-wrong" }, row.rejected.points) : h("b", {}, showNumber(points)), h("small", {}, " / " + showNumber(row.most)),
      !row.above && !row.noted && !ui.mine.open[row.code] && h("button", {
        key: "note", type: "button", class: "cb-link cb-crit-link", onclick: () => openReason(ui, row.code),
      }, ui.t("score_add_note"), h("span", { class: "cb-unseen" }, " " + row.code))),
    (row.above || row.noted || ui.mine.open[row.code]) && scoreReason(ui, row));
}

function choose(ui, row, points) {
  ui.mine.chosen[row.code] = points;
  ui.act({ act: "score", meeting: ui.view.meeting, criterion: row.code, points });
  ui.repaint();
}

function scoreChoices(ui, row, points) {
  const name = "cb-points-" + ui.view.meeting + "-" + row.code;
  return h("div", { class: "cb-seg" }, row.choices.map((choice) => {
    const id = name + "-" + choice.points;
    const fact = row.fact && row.fact.points === choice.points;
    return h("span", { key: choice.points, class: "cb-seg-one" + (fact ? " cb-by-fact" : "") },
      h("input", {
        type: "radio", class: "cb-unseen-input", id, name, value: choice.points, checked: points === choice.points, title: choice.title || undefined,
        onchange: () => choose(ui, row, choice.points),
        onkeydown: (event) => { if (event.key === "Delete" || event.key === "Backspace") choose(ui, row, null); },
      }),
      h("label", { for: id }, choice.label,
        fact && h("span", { class: "cb-unseen" }, " " + ui.t("score_by_fact"))));
  }));
}

function scoreStepper(ui, row, points) {
  const most = Number(row.most);
  const least = Number(row.least);
  const step = Number(row.step || "0.5");
  const move = (by) => {
    const from = points === null ? (by > 0 ? least : most) : Number(points);
    const to = Math.min(most, Math.max(least, Math.round((from + by) / step) * step));
    choose(ui, row, String(to));
  };
  const id = "cb-crit-" + row.code + "-points";
  const slide = h("input", {
      type: "range", class: "cb-slide" + (points === null ? " cb-unset" : ""), min: least, max: most, step, value: points ?? least,
      "aria-label": row.code + ". " + row.label, "aria-valuetext": points === null ? ui.t("score_unset") : showNumber(points),
      onchange: (event) => choose(ui, row, event.target.value),
    });
  return h("div", { class: "cb-stepper" },
    h("span", { class: "cb-step-group" },
      h("button", { type: "button", class: "cb-step", "data-repeat": true, "aria-label": ui.t("score_less", { code: row.code }), onclick: () => move(-step) }, "−"),
      h("input", {
        type: "text", inputmode: "decimal", id, class: "cb-step-input cb-number", value: points === null ? "" : showNumber(points),
        autocomplete: "off", "aria-label": ui.t("score_points_of", { code: row.code }),
        onchange: (event) => choose(ui, row, event.target.value.trim() === "" ? null : event.target.value.trim().replace(/^(\d+),(\d+)$/, "$1.$2")),
      }),
      h("button", { type: "button", class: "cb-step", "data-repeat": true, "aria-label": ui.t("score_more", { code: row.code }), onclick: () => move(step) }, "+")),
    slide);
}

function scoreReason(ui, row) {
  const id = "cb-crit-" + row.code + "-reason";
  const wanting = row.above && !row.noted;
  return h("div", { key: "reason", class: "cb-explain" + (row.above ? " cb-asked" : "") },
    h("label", { for: id },
      row.above ? [h("b", {}, ui.t("score_above", { points: showNumber(row.above) })), " ", ui.t("score_above_ask")] : ui.t("score_note_label", { code: row.code })),
    h("textarea", {
      id, rows: 2, value: row.noted, "aria-required": row.above ? "true" : undefined,
      "aria-invalid": wanting || row.untaken ? "true" : undefined, "aria-describedby": row.untaken ? id + "-problem" : undefined,
      oninput: (event) => slowly(ui, row.code, event.target.value),
      onchange: (event) => explain(ui, row.code, event.target.value),
    }),
    row.untaken && h("p", { key: "problem", id: id + "-problem", class: "cb-problem" }, row.untaken),
    h("span", { class: "cb-soft cb-small" }, ui.t("score_note_private")));
}

function openReason(ui, code) {
  ui.mine.open[code] = true;
  ui.repaint();
  document.getElementById("cb-crit-" + code + "-reason").focus();
}

function explain(ui, code, text) {
  clearTimeout(ui.mine.waiting);
  ui.act({ act: "explain", meeting: ui.view.meeting, criterion: code, text });
}

// While somebody is typing, the words are kept after each pause; too many of them are told once the field is left.
function slowly(ui, code, text) {
  clearTimeout(ui.mine.waiting);
  if (text.length <= ui.view.longest) ui.mine.waiting = setTimeout(() => explain(ui, code, text), 800);
}

function scoreFooter(ui) {
  const view = ui.view;
  return h("div", { key: "footer", class: "cb-footer", role: "region", "aria-label": ui.t("score_result") },
    h("div", { class: "cb-footer-in" },
      h("span", { class: "cb-total cb-number", "aria-live": "polite" }, showNumber(view.total), h("small", {}, " / " + showNumber(view.maximum))),
      view.mend && h("span", { class: "cb-tag cb-block" }, ui.t("severity_block")),
      view.grade && !view.mend && h("span", { class: "cb-grade cb-grade-" + view.tone }, view.grade),
      view.untaken && h("button", { key: "untaken", type: "button", class: "cb-tag cb-found cb-block", onclick: () => ui.go(view.untaken.go) }, view.untaken.label),
      view.left > 0 && h("button", { type: "button", class: "cb-link", onclick: () => leadTo(view.first) }, ui.t("score_left", { n: view.left, code: view.first })),
      view.left === 0 && view.unexplained && h("button", { type: "button", class: "cb-link", onclick: () => leadTo(view.unexplained, "textarea") },
        ui.t("score_unexplained", { code: view.unexplained })),
      h("span", { class: "cb-soft cb-footer-facts" }, view.supported, view.gate && h("span", { class: "cb-gate" }, " · " + view.gate)),
      h("span", { class: "cb-gap" }),
      h("button", { type: "button", class: "cb-button", onclick: () => ui.go({ go: "print" }) }, ui.t("score_print")),
      h("button", { type: "button", class: "cb-button cb-main", onclick: () => ui.go({ go: "step", step: 4 }) }, ui.t("score_next"))));
}

function leadTo(code, part) {
  const row = document.getElementById("cb-crit-" + code);
  if (!row) return;
  row.scrollIntoView({ block: "center", behavior: "smooth" });
  const goal = row.querySelector(part || "input:checked") || row.querySelector("input");
  if (goal) goal.focus({ preventScroll: true });
}

export default widget((ui) => {
  const drawn = scoreForm(ui);
  if (ui.view.focus && ui.mine.ledTo !== ui.view) {
    ui.mine.ledTo = ui.view;
    requestAnimationFrame(() => leadTo(ui.view.focus));
  }
  return drawn;
});
