// The head of the page: in whose name somebody works here, and its parts, walked through with the arrow keys.

function tabKeys(ui, event) {
  const codes = ui.view.tabs.map((one) => one.code);
  const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (!step) return;
  event.preventDefault();
  const next = codes[(codes.indexOf(ui.view.tab) + step + codes.length) % codes.length];
  ui.el.querySelector(`#cb-tab-${next}`).focus();
  ui.go({ tab: next });
}

function paintHead(ui) {
  const view = ui.view;
  const change = (other) => ui.go({ language: other });
  wordMasthead(view.language, { product: ui.t("head_product"), page: ui.t("admin_title"), other: ui.t("head_other_language") }, change);
  const other = view.language === "vi" ? "en" : "vi";
  return h("div", { class: "cb-admin-head" },
    h("div", { class: "cb-admin-line" },
      h("div", {}, h("h1", {}, ui.t("admin_title")), h("p", { class: "cb-soft" }, ui.t("admin_lead"))),
      h("span", { class: "cb-soft cb-small" }, view.account),
      !masthead() && h("button", { type: "button", class: "cb-link", lang: other, onclick: () => change(other) }, ui.t("head_other_language"))),
    h("div", { class: "cb-admin-tabs", role: "tablist", "aria-label": ui.t("admin_title"), onkeydown: (event) => tabKeys(ui, event) },
      view.tabs.map((one) => h("button", {
        key: one.code, id: `cb-tab-${one.code}`, type: "button", role: "tab", class: one.code === view.tab ? "cb-now" : "",
        "aria-selected": String(one.code === view.tab), tabindex: one.code === view.tab ? 0 : -1, onclick: () => ui.go({ tab: one.code }),
      }, one.label))));
}

export default widget(paintHead);
