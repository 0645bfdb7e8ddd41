// Waits for the next build of a previewed edition. Only `teiwright serve` puts it into pages; no file has it.
"use strict";
(() => {
  const version = Number(document.currentScript.dataset.version);
  const bar = document.createElement("div");
  bar.setAttribute("role", "status");
  Object.assign(bar.style, {
    position: "fixed", insetInline: "0", bottom: "0", maxHeight: "50vh", overflow: "auto", zIndex: "1000",
    padding: "0.75rem 1rem", font: "0.875rem/1.5 ui-monospace, monospace", whiteSpace: "pre-wrap",
    color: "#fff", background: "#7a1d1d", borderTop: "2px solid #fff",
  });
  bar.hidden = true;

  new EventSource("/.teiwright/notices").addEventListener("message", event => {
    const notice = JSON.parse(event.data);
    if (notice.version !== version) {
      location.reload();
      return;
    }
    bar.textContent = notice.trouble;
    bar.hidden = !notice.trouble;
    if (!bar.isConnected) document.body.append(bar);
  });
})();
