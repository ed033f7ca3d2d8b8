// One unit of the board: its meeting of the month, and its findings with file, sheet and cell.

function unitFacts(ui) {
  return h("dl", { class: "cb-unit-facts" }, ui.view.facts.map((fact) => h("div", { key: fact.key }, h("dt", {}, ui.t(`fact_${fact.key}`)), h("dd", { class: "cb-number" }, fact.text))));
}

function unitFinding(ui, row) {
  return h("li", { class: "cb-finding" },
    h("div", {}, h("span", { class: `cb-tag cb-${row.severity}` }, ui.t(`severity_${row.severity}`)), " ", h("b", {}, row.title)),
    h("p", {}, row.text),
    h("p", { class: "cb-soft" }, row.mend),
    h("p", { class: "cb-finding-places" }, row.places.map((place, index) => [index > 0 && " · ", unitPlace(ui, row, index)])));
}

// A place opens a look at its cell; beside it, its reference can be copied for Excel.
function unitPlace(ui, row, index) {
  const reference = row.references[index];
  return [lookLink(ui, row, index, row.places[index]), reference && [" ", copyPlace(ui, reference, "")]];
}

// The cell sent two books: what the later one has otherwise than the earlier one, where that is known yet, and what can
// be done with both.
function unitTwice(ui, twice) {
  return [
    twice.changes.length === 0 ? h("p", { key: "title", class: "cb-body cb-unit-twice" }, h("b", {}, twice.title)) : h("details", { key: "twice", class: "cb-body cb-unit-twice", open: true },
      h("summary", {}, h("b", {}, twice.title)),
      unitLines(twice.changes),
      twice.more && h("p", { class: "cb-soft cb-small" }, twice.more)),
    twice.say && h("div", { key: "ways", class: "cb-body cb-unit-ways" },
      h("div", { class: `cb-say cb-small ${twice.tone && `cb-${twice.tone}`}`, role: "status" },
        h("p", {}, twice.say),
        twice.clashes.length > 0 && unitLines(twice.clashes)),
      unitWays(ui, twice.ways, twice.busy)),
  ];
}

// One book counts in the place of others of its cell, or is to be handed in for them.
function unitInPlace(ui, one) {
  return h("div", { key: "in-place", class: "cb-body cb-unit-ways" },
    h("p", { class: "cb-small" }, h("b", {}, one.title)),
    one.lists.map((list) => h("details", {}, h("summary", { class: "cb-small" }, list.title), unitLines(list.lines))),
    one.hint && h("p", { class: one.tone ? `cb-say cb-small cb-${one.tone}` : "cb-soft cb-small", role: "status" }, one.hint),
    unitWays(ui, one.ways, one.busy));
}

function unitLines(lines) {
  return h("ul", {}, lines.map((line) => h("li", { class: "cb-small" }, line)));
}

function unitWays(ui, ways, busy) {
  if (busy) return h("p", {}, h("button", { type: "button", class: "cb-button cb-slim", disabled: true, "aria-busy": "true" }, busy));
  return h("div", { class: "cb-unit-buttons" }, ways.map((way) => h("button", { type: "button", class: "cb-button cb-slim", onclick: () => ui.go(way.go) }, way.text)));
}

// The findings as plain lines, ready for a message to the cell.
function asText(ui) {
  const lines = ui.view.rows.map((row, index) => `${index + 1}. ${row.title}. ${row.text} ${row.mend} (${row.places.join("; ")})`);
  return [`${ui.view.name} – ${ui.view.file}`, ...lines].join("\n");
}

async function copyFindings(ui) {
  await copyText(asText(ui));
  ui.mine.copied = ui.view.key;
  ui.repaint();
}

function unitList(ui) {
  const { rows, others } = ui.view;
  const other = () => {
    ui.go({ others: !ui.view.with_others });
  };
  return [
    h("div", { class: "cb-unit-line" },
      h("h3", {}, ui.t("unit_findings")),
      !ui.view.counted && h("span", { class: "cb-soft cb-small" }, ui.t("findings_count", { n: rows.reduce((sum, row) => sum + (row.more || 1), 0) })),
      rows.length > 0 && h("button", { type: "button", class: "cb-link cb-small", onclick: () => copyFindings(ui) }, ui.t(ui.mine.copied === ui.view.key ? "unit_copied" : "unit_copy"))),
    ui.view.marked && h("p", { class: "cb-unit-marked" },
      h("button", { type: "button", class: "cb-button cb-slim", title: ui.t("unit_marked_hint"), onclick: () => ui.act({ marked: ui.view.marked }) }, ui.t("unit_marked"))),
    rows.length === 0 && h("p", { class: "cb-unit-clean cb-soft" }, ui.view.counted || ui.t("unit_clean")),
    h("ul", { class: "cb-finding-list" }, rows.map((row) => unitFinding(ui, row))),
    others > 0 && h("p", { class: "cb-unit-others cb-small" },
      !ui.view.with_others && ui.t("unit_other_months", { n: others }), " ",
      h("button", { type: "button", class: "cb-link", onclick: other }, ui.t(ui.view.with_others ? "unit_hide_other" : "unit_show_other"))),
  ];
}

function paintUnit(ui) {
  const unit = ui.view;
  if (!unit.key) return [];
  const escape = (event) => {
    if (event.key === "Escape") ui.go({ open: "" });
  };
  return h("section", { class: "cb-panel cb-board-unit", "aria-label": unit.name, onkeydown: escape },
    h("div", { class: "cb-unit-head", key: unit.key, tabindex: -1, "aria-live": "polite", "data-focus": unit.token || null },
      h("button", { type: "button", class: "cb-unit-close", "aria-label": ui.t("unit_close"), title: ui.t("unit_close"), onclick: () => ui.go({ open: "" }) }, "×"),
      h("h2", {}, unit.name),
      h("p", { class: "cb-soft cb-small" }, unit.under),
      h("p", {}, h("span", { class: `cb-tag ${unit.tag}` }, unit.state), unit.note && [" ", h("span", { class: "cb-small" }, unit.note)]),
      unit.file && h("p", { class: "cb-small cb-unit-file" }, h("span", { class: "cb-soft" }, ui.t("unit_file"), ": "), unit.file),
      unit.origin && h("p", { class: unit.origin.warn ? "cb-small cb-unit-origin cb-unit-origin-warn" : "cb-small cb-unit-origin" },
        h("span", { class: "cb-soft" }, ui.t("unit_origin"), ": "), unit.origin.text)),
    unit.facts.length > 0 && unitFacts(ui),
    unit.twice && unitTwice(ui, unit.twice),
    unit.in_place && unitInPlace(ui, unit.in_place),
    unit.file ? unitList(ui) : h("p", { class: "cb-body" }, ui.t("unit_no_file")));
}

export default widget(paintUnit);
