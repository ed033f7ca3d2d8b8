// The score sheet as it leaves the printer: A4, Times New Roman. On the screen it is a sheet of paper to look at.

function scoreSheet(ui) {
  const view = ui.view;
  if (!view.rows) return [];
  return [
    h("div", { key: "bar", class: "cb-sheet-bar", role: "region", "aria-label": ui.t("sheet_label") },
      h("p", {}, ui.t("sheet_hint")),
      h("div", { class: "cb-row" },
        h("button", { type: "button", class: "cb-button cb-main", "data-focus": view.token, onclick: () => printSheet(view.file) }, ui.t("sheet_print")),
        h("button", { type: "button", class: "cb-button", "data-escape": true, onclick: () => ui.go({ go: "print", off: true }) }, ui.t("sheet_close")))),
    h("article", { key: "paper", class: "cb-paper", lang: "vi" },
      h("div", { class: "cb-paper-top" },
        h("div", {}, view.superior && h("p", {}, view.superior), h("p", {}, h("b", {}, view.issuer)), h("p", {}, "*")),
        h("div", {}, h("p", { class: "cb-paper-party" }, h("b", {}, view.party)), h("p", {}, h("i", {}, view.dated)))),
      h("h1", {}, view.title, h("span", {}, view.subject), h("span", { class: "cb-paper-rule" }, "-----")),
      h("table", {},
        h("thead", {}, h("tr", {}, view.heads.map((head) => h("th", { scope: "col" }, head)))),
        h("tbody", {}, view.rows.map((row) => h("tr", { class: row.group ? "cb-paper-group" : "" },
          h("td", { class: "cb-mid" }, row.code), h("td", {}, row.label), h("td", { class: "cb-mid" }, row.most),
          h("td", { class: "cb-mid" }, row.self), h("td", { class: "cb-mid" }, row.official), h("td", {}, row.note))),
        view.totals.map((row) => h("tr", { class: "cb-paper-total" },
          h("td", {}), h("td", {}, row.label), h("td", { class: "cb-mid" }, row.most), h("td", { class: "cb-mid" }, row.self), h("td", { class: "cb-mid" }, row.official), h("td", {}))))),
      view.lines.map((line) => h("p", { class: "cb-paper-line" }, line)),
      h("div", { class: "cb-paper-signs" }, view.signs.map((sign) => h("div", {},
        sign.lines.map((line) => h("p", {}, h("b", {}, line))), h("p", {}, h("i", {}, sign.hint)), h("p", { class: "cb-paper-name" }, h("b", {}, sign.name)))))),
  ];
}

export default widget(scoreSheet);
