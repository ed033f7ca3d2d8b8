// Units and people: the register of today, and a workbook of it looked at before it is brought in.

const plainText = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").replace(/[đĐ]/g, "d").toLowerCase();
const MOST = 200;

function chosenOf(ui, rows, fields) {
  const wanted = plainText(ui.mine.words ?? "").trim();
  return wanted ? rows.filter((row) => plainText(fields.map((name) => row[name]).join(" ")).includes(wanted)) : rows;
}

function unitsTable(ui, view) {
  const rows = chosenOf(ui, view.units, ["code", "name", "committee"]);
  return panel("units", ui.t("register_units", { day: view.day }), ui.t("register_count", { n: rows.length, all: view.units.length }),
    view.units.length === 0
      ? h("p", { class: "cb-body" }, ui.t("register_empty"))
      : table(ui, ui.t("register_units", { day: view.day }), ["code", "name", "level", "committee"].map((head) => ui.t(`register_${head}`)),
        rows.slice(0, MOST).map((row) => h("tr", { key: row.code }, h("td", {}, row.code), h("td", {}, row.name), h("td", {}, row.level), h("td", {}, row.committee)))));
}

function peopleTable(ui, view) {
  const rows = chosenOf(ui, view.people, ["user", "name", "role", "unit", "contact"]);
  return panel("people", ui.t("register_people"), ui.t("register_count", { n: rows.length, all: view.people.length }),
    view.people.length === 0
      ? h("p", { class: "cb-body" }, ui.t("register_nobody"))
      : [table(ui, ui.t("register_people"), ["user", "person", "role", "for", "since", "contact"].map((head) => ui.t(`register_${head}`)),
        rows.slice(0, MOST).map((row, index) => h("tr", { key: `${row.user} ${row.name} ${row.role} ${row.unit} ${index}` }, h("td", {}, row.user || "–"), h("td", {}, row.name), h("td", {}, row.role), h("td", {}, row.unit), h("td", { class: "cb-number" }, row.until ? `${row.since}–${row.until}` : row.since), h("td", {}, row.contact)))),
        view.unseen && h("p", { class: "cb-body cb-soft cb-small" }, view.unseen)]);
}

function findingLines(ui, rows) {
  if (rows.length === 0) return null;
  return h("ul", { class: "cb-admin-findings" }, rows.slice(0, 50).map((row) => h("li", {},
    h("span", { class: `cb-tag cb-${row.severity}` }, ui.t(`severity_${row.severity}`)), " ", h("b", {}, row.places.join(" · ")), " ", row.text, " ", row.mend)));
}

// Spellings that would go to another unit: nothing is brought in before somebody has agreed to that.
function movedNames(ui, looked, agreed) {
  if (looked.moved.length === 0 || looked.blocked) return null;
  return h("div", { key: "moved", class: "cb-say cb-warn cb-after" },
    looked.moved.map((line) => h("p", {}, line)),
    h("label", { class: "cb-check" },
      h("input", { type: "checkbox", checked: agreed, onchange: (event) => { ui.mine.moving = event.target.checked && looked.moved.join(); ui.repaint(); } }),
      h("span", {}, ui.t("register_moving"))));
}

function lookedAt(ui, looked) {
  const agreed = ui.mine.moving === looked.moved.join();
  const ready = looked.ready && (agreed || looked.moved.length === 0);
  return panel("looked", looked.title, looked.summed, h("div", { class: "cb-body" },
    looked.blocked && h("p", { class: "cb-say cb-bad" }, ui.t("register_blocked")),
    findingLines(ui, looked.findings),
    looked.rows.length > 0 && table(ui, looked.title, ["change", "sheet", "record", "values"].map((head) => ui.t(`register_${head}`)),
      looked.rows.map((row) => h("tr", {}, h("td", {}, row.revision), h("td", {}, row.sheet), h("td", {}, row.record), h("td", {}, row.values)))),
    looked.more && h("p", { class: "cb-soft" }, looked.more),
    h("label", { class: "cb-check cb-after" },
      h("input", { type: "checkbox", checked: looked.replace, onchange: (event) => ui.go({ replace: event.target.checked }) }),
      h("span", {}, ui.t("register_replace"), looked.kept && h("span", { class: "cb-soft" }, " ", looked.kept))),
    movedNames(ui, looked, agreed),
    h("div", { class: "cb-row cb-after" },
      h("button", { type: "button", class: "cb-button cb-main", disabled: !ready, "data-focus": ready ? looked.title + looked.summed : undefined, onclick: () => ui.act({ confirm: true, moving: looked.moved.length > 0 }) }, ui.t("register_confirm")),
      h("button", { type: "button", class: "cb-button", "data-escape": true, onclick: () => ui.go({ drop: true }) }, ui.t("admin_not_now")))));
}

function paintRegister(ui) {
  const view = ui.view;
  if (!view.looked) ui.mine.moving = "";
  return section(ui, () => [
    h("div", { key: "ways", class: "cb-admin-ways" },
      h("p", { class: "cb-soft" }, ui.t(view.keeps ? "register_lead" : "register_not_kept")),
      h("div", { class: "cb-row" },
        h("button", { type: "button", class: "cb-button", onclick: () => ui.act({ export: true }) }, ui.t("register_export")),
        view.keeps && fileButton(ui, ui.t("register_import"), ".xlsx,.xlsm", !view.looked))),
    view.looked && lookedAt(ui, view.looked),
    view.units.length + view.people.length > 12 && h("input", { key: "words", type: "search", class: "cb-admin-search", placeholder: ui.t("register_search"), "aria-label": ui.t("register_search"), value: ui.mine.words ?? "", oninput: (event) => { ui.mine.words = event.target.value; ui.repaint(); } }),
    h("div", { key: "tables", class: "cb-admin-pair" }, unitsTable(ui, view), peopleTable(ui, view)),
  ]);
}

export default widget(paintRegister, catchMissedDrops);
