// The bar at the foot of the page: what has come in so far, and the files made from it.

// While books are unread, the first press of a button only asks: the file would lack them.
function fileButton(ui, what, look, title) {
  const asked = ui.view.asked === what;
  return h("button", { type: "button", class: look, title, disabled: Boolean(ui.view.making), onclick: () => ui.act({ make: what, partial: asked }) }, ui.t(asked ? "download_anyway" : `download_${what}`));
}

function said(ui, counts) {
  const { problem, making, done, asked, unread } = ui.view;
  if (problem) return h("p", { class: "cb-problem" }, ui.t("download_failed", { problem }));
  const [step, steps] = ui.view.step;
  if (making && steps) return h("p", { class: "cb-small" }, ui.t("download_marking", { name: making, step, steps }));
  if (making) return h("p", { class: "cb-small" }, ui.t("download_making", { name: making }));
  if (asked) return h("p", { class: "cb-small cb-downloads-unread" }, ui.t("download_ask", { n: unread }));
  if (done) return h("p", { class: "cb-small" }, ui.t("download_done", { name: done, clock: ui.view.clock }));
  if (unread) return h("p", { class: "cb-small cb-downloads-unread" }, ui.t("download_unread", counts));
  return null;
}

// In a narrow window the bar keeps to two lines; what is wanted less often comes by a press.
function moreButton(ui) {
  const turn = () => {
    ui.mine.more = !ui.mine.more;
    ui.repaint();
  };
  return h("button", { type: "button", class: "cb-button cb-slim cb-downloads-turn", "aria-expanded": String(Boolean(ui.mine.more)), onclick: turn }, ui.t(ui.mine.more ? "download_less" : "download_more"));
}

function paintDownloads(ui) {
  const { ready, reported, total, month, year, returning, books, unread } = ui.view;
  if (!ready) return [];
  const counts = { reported, total, month, year, books, read: books - unread };
  return h("section", { class: ui.mine.more ? "cb-downloads is-open" : "cb-downloads", "aria-label": ui.t("download_title") },
    h("div", { class: "cb-downloads-said" },
      h("div", { role: "status" }, h("b", {}, ui.t(unread ? "download_ready_unread" : "download_ready", counts)), said(ui, counts)),
      returning > 0 && h("span", { class: "cb-downloads-extra" }, fileButton(ui, "marked", "cb-link", ui.t("download_marked_why")))),
    total > 0 && h("label", { class: "cb-downloads-sources cb-downloads-extra" },
      h("input", { type: "checkbox", checked: ui.view.sources, onchange: (event) => ui.act({ sources: event.target.checked }) }), " ", ui.t("download_sources")),
    h("div", { class: "cb-row" },
      total > 0 && h("div", { class: "cb-row cb-downloads-extra" }, fileButton(ui, "facts_csv", "cb-button cb-slim"), fileButton(ui, "facts_xlsx", "cb-button cb-slim")),
      total > 0 && fileButton(ui, "return", "cb-button cb-main"),
      moreButton(ui)));
}

export default widget(paintDownloads);
