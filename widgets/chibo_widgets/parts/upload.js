// Sending files to Python in slices, each acknowledged: true progress, many files in a row, no limit of a websocket met.

const SLICE = 512 * 1024;
const UNDER_WAY = 8;

// A file dropped beside the place for it would take the browser away from the page, and the work with it.
function catchMissedDrops() {
  const refuse = (event) => {
    if (event.defaultPrevented || !event.dataTransfer || !event.dataTransfer.types.includes("Files")) return;
    event.preventDefault();
    event.dataTransfer.dropEffect = "none";
  };
  for (const kind of ["dragover", "drop"]) document.addEventListener(kind, refuse);
  return () => {
    for (const kind of ["dragover", "drop"]) document.removeEventListener(kind, refuse);
  };
}

function entriesOf(transfer) {
  return Array.from(transfer.items || [], (item) => (item.webkitGetAsEntry ? item.webkitGetAsEntry() : null)).filter(Boolean);
}

// The files of a drop: those chosen, and those inside dropped folders.
async function filesOfDrop(transfer) {
  const entries = entriesOf(transfer);
  if (!entries.some((entry) => entry.isDirectory)) return Array.from(transfer.files);
  const found = [];
  for (const entry of entries) await gather(entry, found);
  return found;
}

async function gather(entry, found) {
  if (entry.isFile) {
    found.push(await new Promise((done, fail) => entry.file(done, fail)));
    return;
  }
  const reader = entry.createReader();
  for (;;) {
    const some = await new Promise((done, fail) => reader.readEntries(done, fail));
    if (some.length === 0) return;
    for (const child of some) await gather(child, found);
  }
}

// Send files one after another. `progress({sent, total, file, index})` is called as slices are acknowledged;
// the promise ends with {sent: number of files sent, unread: the files that could not be read, stopped: whether stop()
// was called}.
function sendFiles(model, files, progress) {
  const total = files.reduce((sum, file) => sum + file.size, 0);
  let stopped = false;
  let waiting = 0;
  let received = 0;
  let wake = null;
  const onMessage = (content) => {
    if (!content || !content.upload) return;
    waiting -= 1;
    received += content.upload.bytes || 0;
    if (content.upload.refused) refused.add(content.upload.id);
    if (wake) wake();
  };
  const refused = new Set();
  const unread = [];
  model.on("msg:custom", onMessage);
  const room = async (limit) => {
    while (waiting > limit) await new Promise((done) => { wake = done; });
  };
  const run = async () => {
    let index = 0;
    for (const file of files) {
      const id = crypto.getRandomValues(new Uint32Array(1))[0];
      let offset = 0;
      for (; offset === 0 || offset < file.size; offset += SLICE) {
        if (stopped || refused.has(id)) break;
        await room(UNDER_WAY - 1);
        // A file may have been moved, changed or locked since it was chosen.
        const bytes = await file.slice(offset, offset + SLICE).arrayBuffer().catch(() => null);
        if (stopped) break;
        if (bytes === null) {
          unread.push(file);
          break;
        }
        waiting += 1;
        model.send({ upload: { id, name: file.name, size: file.size, offset } }, undefined, [bytes]);
        progress({ sent: received, total, file: file.name, index });
      }
      if (stopped && (offset === 0 || offset < file.size)) break; // one that is whole on its way was sent
      index += 1;
    }
    await room(0);
    progress({ sent: received, total, file: "", index });
    model.off("msg:custom", onMessage);
    return { sent: index - unread.length, unread, stopped };
  };
  const work = run();
  work.stop = () => { stopped = true; };
  return work;
}
