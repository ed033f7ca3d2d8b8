// A receipt as it leaves the printer: A4, Times New Roman.

function receiptPaper(ui) {
  const view = ui.view;
  if (!view.rows) return [];
  return [
    h("div", { key: "bar", class: "cb-sheet-bar", role: "region", "aria-label": view.title },
      h("p", {}, ui.t("receipt_bar")),
      h("div", { class: "cb-row" },
        h("button", { type: "button", class: "cb-button cb-main", "data-focus": view.token, onclick: () => printSheet(view.file) }, ui.t("receipt_print")),
        h("button", { type: "button", class: "cb-button", "data-escape": true, onclick: () => ui.go({ go: "print", off: true }) }, ui.t("sheet_close")))),
    h("article", { key: "paper", class: "cb-paper cb-receipt", lang: "vi" },
      h("p", { class: "cb-paper-party cb-mid" }, h("b", {}, view.party)),
      h("h1", {}, view.title, h("span", {}, view.number)),
      h("table", {}, h("tbody", {}, view.rows.map((row) => h("tr", {}, h("th", { scope: "row" }, row.label), h("td", {}, row.value))))),
      h("p", { class: "cb-paper-line" }, h("i", {}, view.note))),
  ];
}

export default widget(receiptPaper);
