// The trash: what lies in it, from when on it may be destroyed, and taking one file back with a reason.

function trashPanel(ui, trash) {
  if (!trash) return null;
  const heads = ["file", "unit", "period", "put", "reason", "until"];
  return panel("trash", ui.t("trash_title"), ui.t("trash_count", { n: trash.rows.length }), h("div", { class: "cb-body" },
    h("p", { class: "cb-soft" }, ui.t("trash_lead"), " ", ui.t(trash.takes_back ? "trash_taking" : "trash_not_taken")),
    trash.rows.length > 0 && h("div", { class: "cb-after" }, table(ui, ui.t("trash_title"), heads.map((head) => ui.t(`trash_${head}`)), trash.rows.map((row) => trashRow(ui, trash, row))))));
}

function trashRow(ui, trash, row) {
  return h("tr", { key: row.hash },
    h("td", {}, row.file, trash.takes_back && takingBack(ui, row)),
    h("td", {}, row.unit), h("td", { class: "cb-number" }, row.period), h("td", {}, row.put), h("td", {}, row.reason),
    h("td", { class: "cb-number" }, row.until));
}

function takingBack(ui, row) {
  const ask = (hash) => () => {
    ui.mine.taking = hash;
    ui.mine.why = "";
    ui.repaint();
  };
  const send = (event) => {
    event.preventDefault();
    ui.act({ take_back: row.hash, reason: ui.mine.why ?? "" });
  };
  if (ui.mine.taking !== row.hash) return [" ", h("button", { key: "ask", type: "button", class: "cb-link", "aria-label": ui.t("trash_take_file", { file: row.file, unit: row.unit }), onclick: ask(row.hash) }, ui.t("trash_take"))];
  return h("form", { key: "form", class: "cb-admin-form cb-after", onsubmit: send },
    textField(ui, "why", ui.t("trash_why")),
    h("div", { class: "cb-row" },
      h("button", { type: "submit", class: "cb-button cb-slim" }, ui.t("trash_take")),
      h("button", { type: "button", class: "cb-button cb-slim", "data-escape": true, onclick: ask("") }, ui.t("admin_not_now"))));
}
