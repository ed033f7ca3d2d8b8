// The step that hands the book in: the periods at the side, the one looked at with what can be done, its history below.

function handingPanel(ui) {
  const view = ui.view;
  if (!view.shown) return [];
  if (!view.now) return [handingProblem(ui, view)];
  return h("div", { key: "handing", class: "cb-handing" },
    h("div", { class: "cb-handing-main" }, handingNow(ui, view), handingHistory(ui, view.now)),
    periodList(ui, view));
}

function handingProblem(ui, view) {
  return h("section", { key: "problem", class: "cb-panel cb-handing-problem", "aria-labelledby": "cb-handing-title" },
    h("div", { class: "cb-head-line" }, h("h1", { id: "cb-handing-title" }, ui.t("handing_title")), h("span", { class: "cb-soft cb-small" }, view.account)),
    h("div", { class: "cb-body" },
      h("div", { class: "cb-say", role: "status" },
        h("p", {}, view.problem),
        view.blocks.length > 0 && h("ul", {}, view.blocks.map((line) => h("li", {}, line)))),
      view.merged && mergedBook(ui, view.merged),
      view.stays && h("p", { class: "cb-soft cb-after" }, view.stays),
      h("div", { class: "cb-row cb-after" }, h("button", { type: "button", class: "cb-button", "data-focus": "handing-problem", onclick: () => ui.go({ go: "step", step: 4 }) }, ui.t("head_step_4")))));
}

function handingNow(ui, view) {
  const now = view.now;
  return h("section", { key: "now", class: "cb-panel", "aria-labelledby": "cb-handing-title" },
    h("div", { class: "cb-head-line" }, h("h1", { id: "cb-handing-title" }, ui.t("handing_title") + " · " + now.name), h("span", { class: "cb-soft cb-small" }, view.account)),
    h("div", { class: "cb-body" },
      view.warnings.map((line, index) => h("div", { class: "cb-say cb-warn cb-handing-note" }, h("p", {}, line, " ",
        index === 0 && view.mend && h("button", { type: "button", class: "cb-link", onclick: () => ui.go({ go: "step", step: 1 }) }, view.mend)))),
      h("dl", { class: "cb-handing-lines" },
        now.lines.map((line) => [h("dt", {}, line.label), h("dd", {}, line.lines.map((text) => h("p", {}, text)))]),
        h("dt", {}, now.file.label), h("dd", {},
          h("p", {}, h("span", { class: "cb-file-name" }, now.file.name)), now.file.stays && h("p", { class: "cb-soft" }, now.file.stays))),
      now.reasons.length > 0 && h("div", { class: "cb-say cb-warn cb-handing-note" },
        h("p", {}, h("b", {}, now.why)),
        h("ul", {}, now.reasons.map((one) => h("li", {}, one.place && h("b", {}, one.place + ": "), one.text))),
        now.marked && h("p", {}, h("button", { type: "button", class: "cb-link", onclick: () => ui.go({ go: "sent-copy" }) }, ui.t("handing_copy")))),
      now.changes && handingChanges(ui, now.changes),
      view.merged && !now.changes && mergedBook(ui, view.merged),
      handingAct(ui, now)));
}

function handingAct(ui, now) {
  const { kind, notes, receipt, record, to_record: toRecord } = now.act;
  const button = (text, main, go, more) => h("button", { type: "button", class: "cb-button" + (main ? " cb-main" : ""), ...more, onclick: () => ui.go(go) }, text);
  const handIn = { go: "hand-in", period: now.code };
  const focus = { "data-focus": now.token };
  const ways = {
    first: () => record
      ? [recordFirst(ui, record, toRecord, focus), button(ui.t("handing_submit_empty"), false, handIn)]
      : [button(ui.t("handing_submit"), true, handIn, focus)],
    again: () => now.changes
      ? [button(ui.t("handing_confirm"), true, handIn, focus), button(ui.t("handing_not_now"), false, { go: "compare", off: true }, { "data-escape": true })]
      : [button(ui.t("handing_compare"), true, { go: "compare" }, focus)],
    anyway: () => now.changes
      ? [button(ui.t("handing_anyway"), false, handIn), button(ui.t("handing_not_now"), false, { go: "compare", off: true }, { "data-escape": true, ...focus })]
      : [button(ui.t("handing_compare"), false, { go: "compare" }, focus)],
    choose: () => now.changes
      ? [button(ui.t("handing_choose"), false, { ...handIn, again: true }), button(ui.t("handing_not_now"), false, { go: "compare", off: true }, { "data-escape": true, ...focus })]
      : [button(ui.t("handing_compare_used"), false, { go: "compare" }, focus)],
    same: () => [],
    returned: () => [button(ui.t("handing_as_it_is"), false, { ...handIn, again: true })],
    reopened: () => [],
    refused: () => [],
  };
  return h("div", { class: "cb-handing-act" },
    now.merge && h("p", { class: "cb-say cb-handing-note" }, now.merge),
    notes.map((note) => h("p", { class: "cb-say cb-handing-note" + (kind === "same" ? " cb-good" : ["refused", "returned", "reopened", "choose"].includes(kind) ? " cb-warn" : "") }, note)),
    h("div", { class: "cb-row" }, ways[kind](), now.merge && wayToMerge(ui, now.code),
      receipt > 0 && !now.changes && button(ui.t("handing_receipt_see", { n: receipt }), false, { go: "receipt", number: receipt }, kind === "same" || kind === "reopened" ? focus : {})));
}

// A book that says nothing of the period is better recorded than handed in: the step that comes next is that one.
function recordFirst(ui, month, words, focus) {
  const record = () => {
    ui.go({ go: "month", month });
    ui.go({ go: "step", step: 2 });
  };
  return h("button", { type: "button", class: "cb-button cb-main", ...focus, onclick: record }, words);
}

function handingChanges(ui, changes) {
  const heads = ["place", "row", "what", "before", "after"];
  return h("div", { class: "cb-handing-changes" },
    h("h2", {}, changes.title),
    changes.rows.length > 0 && h("div", { class: "cb-handing-scroll", tabindex: 0, role: "region", "aria-label": changes.title },
      h("table", { class: "cb-handing-table" },
        h("thead", {}, h("tr", {}, heads.map((head) => h("th", { scope: "col" }, ui.t("handing_column_" + head))))),
        h("tbody", {}, changes.rows.map((row) => h("tr", {},
          h("td", {}, row.place), h("td", {}, row.row), h("td", {}, row.column),
          h("td", { class: "cb-handing-before" }, row.before || "–"), h("td", { class: "cb-handing-after" }, row.after || "–")))))),
    changes.more && h("p", { class: "cb-soft" }, changes.more));
}

function handingHistory(ui, now) {
  const heads = ["at", "what", "who", "more", "receipt"];
  return h("section", { key: "history", class: "cb-panel", "aria-labelledby": "cb-handing-history" },
    h("div", { class: "cb-head-line" }, h("h2", { id: "cb-handing-history" }, ui.t("handing_history"))),
    now.history.length === 0 && h("p", { class: "cb-body cb-soft" }, ui.t("handing_history_none")),
    now.history.length > 0 && h("div", { class: "cb-handing-scroll" }, h("table", { class: "cb-handing-table cb-handing-log" },
      h("thead", {}, h("tr", {}, heads.map((head) => h("th", { scope: "col" }, ui.t("handing_history_" + head))))),
      h("tbody", {}, now.history.map((row) => h("tr", {},
        h("td", { class: "cb-number" }, row.at), h("td", {}, row.what), h("td", {}, row.who),
        h("td", {}, row.more, row.used && [" ", h("span", { class: "cb-tag cb-good" }, row.used)]),
        h("td", { "data-head": row.receipt > 0 && ui.t("handing_history_receipt") }, row.receipt > 0 && h("button", { type: "button", class: "cb-link", "aria-label": ui.t("handing_receipt_see", { n: row.receipt }), onclick: () => ui.go({ go: "receipt", number: row.receipt }) }, row.receipt_text))))))));
}

function periodList(ui, view) {
  return h("nav", { key: "periods", class: "cb-panel cb-handing-periods", "aria-label": view.title },
    h("div", { class: "cb-head-line" }, h("h2", {}, view.title)),
    h("ul", {}, view.periods.map((one) => h("li", { key: one.code },
      h("button", { type: "button", "aria-current": one.chosen ? "true" : undefined, onclick: () => ui.go({ go: "period", period: one.code }) },
        h("b", {}, one.name), h("span", { class: "cb-soft cb-small" }, one.due), h("span", { class: "cb-row cb-handing-tags" }, h("span", { class: "cb-tag cb-" + one.tone }, one.state), one.locked && h("span", { class: "cb-tag" }, one.locked)))))));
}

export default widget(handingPanel);
