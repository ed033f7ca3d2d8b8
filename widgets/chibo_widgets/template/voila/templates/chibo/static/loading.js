/* What Voila's front end calls while a page starts: the loading line, and the moment at which the page is shown. */
(() => {
  const words = window.chiboWords;
  const SHOW_ANYWAY_AFTER = 8000; // ms after the cells ran: a page whose cells put out nothing is complete too
  let shown = false;

  const say = (text) => {
    const line = document.getElementById("loading_text");
    if (line) line.textContent = text;
  };

  const show = () => {
    if (shown) return;
    shown = true;
    document.getElementById("loading")?.remove();
    document.body.dataset.chiboReady = "true";
  };

  /* The outputs are drawn by the front end after the cells ran: keep the loading line until the first is there. */
  const waitForFirstOutput = (cells) => {
    const drawn = () => cells.querySelector(".jp-OutputArea-output > *, .jp-RenderedMarkdown, .cb-notice");
    if (drawn()) return show();
    const watch = new MutationObserver(() => {
      if (drawn()) {
        watch.disconnect();
        show();
      }
    });
    watch.observe(cells, { childList: true, subtree: true });
    window.setTimeout(show, SHOW_ANYWAY_AFTER);
  };

  const displayCells = () => {
    if (!window.themeLoaded) {
      window.cellLoaded = true; // voila.js calls again once it has loaded its theme
      return;
    }
    const cells = document.getElementById("rendered_cells");
    cells.style.display = "";
    waitForFirstOutput(cells);
  };

  /* Nothing more will come, nor the front end that draws: what is there is shown, and says itself what happened. */
  const showBrokenOff = () => {
    window.chiboNotWatched();
    document.getElementById("rendered_cells").style.display = "";
    show();
  };

  window.chiboBrokenOff = showBrokenOff;
  window.voila_heartbeat = () => say(words.still_starting);
  window.voila_process = () => say(words.preparing);
  window.update_loading_text = (_index, _count, text) => say(text ?? words.preparing);
  window.display_cells = displayCells;
  window.voila_finish = displayCells;
})();
