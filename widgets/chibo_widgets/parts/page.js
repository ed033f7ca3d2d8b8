// The life of one widget in the browser: it draws what Python shows, and tells Python what the user did.

// `paint(ui)` returns the description of the widget; it is called again whenever Python shows something else.
function widget(paint, start) {
  return {
    render({ model, el }) {
      el.classList.add("cb");
      followFocus(el);
      const ui = connect(model, el);
      const repaint = () => {
        const texts = model.get("texts");
        const view = model.get("view");
        // A view that does not know of the last act yet would take back for a moment what was just chosen.
        if (ui.view === undefined || view.answered === undefined || view.answered >= ui.sent) ui.view = view;
        ui.t = (key, values) => fill(texts[key] ?? key, values);
        const held = el.contains(document.activeElement);
        draw(el, paint(ui));
        placeFocus(el);
        if (held) keepFocus(el);
      };
      ui.repaint = repaint;
      const onMessage = (content, buffers) => {
        if (content && content.download) saveDownload(content.download, buffers[0]);
        if (ui.onMessage) ui.onMessage(content, buffers);
      };
      model.on("change:view", repaint);
      model.on("change:texts", repaint);
      model.on("msg:custom", onMessage);
      const stop = start ? start(ui) : null;
      repaint();
      return () => {
        model.off("change:view", repaint);
        model.off("change:texts", repaint);
        model.off("msg:custom", onMessage);
        if (stop) stop();
      };
    },
  };
}

function connect(model, el) {
  return {
    model,
    el,
    mine: {}, // what only this drawing knows: an open detail, a half-written form
    sent: 0, // acts sent so far; a view may say in `answered` how many of them Python had seen
    // Something that changes the work: Python decides, and the page's draft notes it down.
    act(fields) {
      document.dispatchEvent(new CustomEvent("chibo:act", { detail: fields }));
      this.sent += 1;
      model.send({ act: fields, number: this.sent });
    },
    // Something that changes only what is looked at.
    go(fields) {
      model.send({ go: fields });
    },
  };
}

// Bytes from Python become a file in the browser's download folder, under a Vietnamese name as it stands.
function saveDownload(what, bytes) {
  const url = URL.createObjectURL(new Blob([bytes], { type: what.type }));
  const link = document.createElement("a");
  link.href = url;
  link.download = what.name;
  link.style.display = "none";
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(url), 60000);
}
