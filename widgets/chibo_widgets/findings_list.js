// The findings by place. Filters live here: they change only what is looked at.

const KINDS = ["block", "warn", "note"];
const FIRST = 30;

function findingsPanel(ui) {
  if (!ui.view.rows) return [];
  const rows = ui.view.rows;
  const mine = ui.mine;
  mine.kind = mine.kind || "all";
  mine.sheet = mine.sheet || "";
  mine.most = mine.most || FIRST;
  const sheets = [...new Set(rows.map((row) => row.sheet).filter(Boolean))];
  if (mine.sheet && !sheets.includes(mine.sheet)) mine.sheet = "";
  if (mine.kind !== "all" && !rows.some((row) => row.severity === mine.kind)) mine.kind = "all";
  const kept = rows.filter((row) => (mine.kind === "all" || row.severity === mine.kind) && (!mine.sheet || row.sheet === mine.sheet));
  const groups = findingGroups(kept);
  const most = mine.onPaper ? groups.length : mine.most;
  return h("section", { class: "cb-panel cb-findings", "aria-label": ui.view.title || ui.t("findings_title") },
    h("div", { class: "cb-head-line" },
      h("h2", { id: "cb-findings-title", tabindex: -1 }, ui.view.title || ui.t("findings_title")),
      h("span", { class: "cb-soft cb-small" }, ui.t("findings_count", { n: howMany(rows) }))),
    rows.length > 0 && findingFilters(ui, rows, sheets),
    rows.length === 0 && h("p", { class: "cb-body cb-soft" }, ui.t("findings_none")),
    rows.length > 0 && kept.length === 0 && h("p", { class: "cb-body cb-soft" }, ui.t("findings_none_of_filter")),
    h("ul", { class: "cb-finding-list" }, groups.slice(0, most).map((group) => group.length > 1 ? findingGroup(ui, group) : findingItem(ui, group[0]))),
    groups.length > most && h("p", { class: "cb-body" },
      h("button", { type: "button", class: "cb-button cb-slim", onclick: () => { mine.most += 100; ui.repaint(); } },
        ui.t("findings_show_more", { n: groups.length - most }))));
}

// A row may stand for many findings that are not drawn.
function howMany(rows) {
  return rows.reduce((sum, row) => sum + (row.more || 1), 0);
}

function findingFilters(ui, rows, sheets) {
  const count = (kind) => howMany(rows.filter((row) => row.severity === kind));
  const chip = (kind, label, n) => h("button", {
    type: "button", key: kind, class: "cb-chip", "aria-pressed": String(ui.mine.kind === kind),
    onclick: () => { ui.mine.kind = kind; ui.mine.most = FIRST; ui.repaint(); },
  }, label + " · " + n);
  return h("div", { class: "cb-finding-filters" },
    h("div", { class: "cb-row", role: "group", "aria-label": ui.t("findings_filter") },
      chip("all", ui.t("findings_all"), howMany(rows)),
      KINDS.filter((kind) => count(kind) > 0).map((kind) => chip(kind, ui.t("severity_" + kind), count(kind)))),
    sheets.length > 1 && h("label", { class: "cb-finding-sheet" },
      h("span", {}, ui.t("findings_sheet")),
      h("select", { value: ui.mine.sheet, onchange: (event) => { ui.mine.sheet = event.target.value; ui.mine.most = FIRST; ui.repaint(); } },
        h("option", { value: "" }, ui.t("findings_every_sheet")),
        sheets.map((sheet) => h("option", { value: sheet, key: sheet }, sheet)))));
}

// Notes of one kind stand together; what has to be mended stands alone.
function findingGroups(rows) {
  const groups = [];
  const notes = new Map();
  for (const row of rows) {
    const known = row.severity === "note" ? notes.get(row.code) : undefined;
    if (known) {
      known.push(row);
    } else {
      groups.push([row]);
      if (row.severity === "note") notes.set(row.code, groups[groups.length - 1]);
    }
  }
  return groups;
}

function findingGroup(ui, group) {
  const row = group[0];
  return h("li", { key: "group-" + row.code, class: "cb-finding" },
    h("details", ui.mine.onPaper ? { open: true } : {},
      h("summary", {},
        h("span", { class: "cb-tag cb-" + row.severity }, ui.t("severity_" + row.severity)),
        " ", h("b", {}, row.title), h("span", { class: "cb-soft" }, " · " + ui.t("findings_count", { n: howMany(group) }))),
      h("ul", { class: "cb-finding-few" }, group.map((one) => h("li", {}, h("span", {}, one.text), " ", findingPlaces(ui, one)))),
      h("p", { class: "cb-soft" }, row.mend)));
}

// A place leads to where it is mended on the page; what stands in the file there can be looked at beside it.
function findingPlaces(ui, row) {
  return h("span", { class: "cb-finding-places" }, row.places.map((place, index) => [index > 0 && " · ",
    row.target ? [
      h("button", { type: "button", class: "cb-link", onclick: () => ui.go(row.target) }, place),
      row.spots[index] !== undefined && h("span", { class: "cb-finding-look" }, " (", lookLink(ui, row, index, ui.t("look_in_book")), ")"),
    ] : lookLink(ui, row, index, place)]));
}

function findingItem(ui, row) {
  return h("li", { class: "cb-finding" },
    h("div", {},
      h("span", { class: "cb-tag cb-" + row.severity }, ui.t("severity_" + row.severity)),
      " ", h("b", {}, row.title)),
    h("p", {}, row.text),
    h("p", { class: "cb-soft" }, row.mend),
    row.places.length > 0 && h("p", {}, findingPlaces(ui, row)));
}

// Paper has no buttons to show the rest with, and nothing unfolds there: it gets all that the filters leave.
function printWhole(ui) {
  const toPaper = (onPaper) => () => {
    ui.mine.onPaper = onPaper;
    ui.repaint();
  };
  const ways = { beforeprint: toPaper(true), afterprint: toPaper(false) };
  for (const [kind, way] of Object.entries(ways)) window.addEventListener(kind, way);
  return () => {
    for (const [kind, way] of Object.entries(ways)) window.removeEventListener(kind, way);
  };
}

export default widget(findingsPanel, printWhole);
