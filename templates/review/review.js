// Remarks of a review file: kept by the browser where it may, saved as a small file. Nothing is sent anywhere.
"use strict";
(() => {
  const { briefing, state, day } = document.body.dataset;
  const byId = (id) => document.getElementById(id);
  const boxes = [...document.querySelectorAll("textarea[data-annotation]")];
  const name = byId("name"), told = byId("told"), copy = byId("copy");
  const key = `briefing-remarks ${briefing} ${state}`;
  let kept = true, saved = "";

  const remarks = () => boxes.filter((box) => box.value.trim()).map((box) => ({
    annotation: box.dataset.annotation, state: box.dataset.state, text: box.value.trim(),
  }));
  const file = () => JSON.stringify({
    format: "briefing-remarks-1", briefing, state, exported: day, reviewer: name.value.trim(), remarks: remarks(),
  }, null, 1);

  const restore = () => {
    try {
      const before = JSON.parse(localStorage.getItem(key) || "{}");
      name.value = before.reviewer || "";
      for (const { annotation, text } of before.remarks || []) {
        const box = boxes.find((each) => each.dataset.annotation === annotation);
        if (box) box.value = text;
      }
    } catch {
      kept = false; // a browser may refuse pages that are files
    }
  };
  const keep = () => {
    try {
      localStorage.setItem(key, file());
      kept = true;
    } catch {
      kept = false;
    }
  };
  const show = () => {
    const count = remarks().length;
    copy.value = count ? file() : "";
    if (!count) told.textContent = "No remarks yet.";
    else {
      const many = count === 1 ? "1 remark" : `${count} remarks`;
      const how = file() === saved ? "saved as a file" : kept ? "kept in this browser, not saved as a file yet" : "not saved yet";
      told.textContent = `${many}, ${how}.`;
    }
  };
  const save = () => {
    if (!remarks().length) {
      told.textContent = "There are no remarks to save: write one first.";
      boxes[0].focus();
      return;
    }
    const link = document.createElement("a");
    const url = URL.createObjectURL(new Blob([file()], { type: "application/json" }));
    const words = [briefing.split("/").pop(), name.value.trim()].join(" ").toLowerCase();
    link.href = url;
    link.download = `remarks-${words.replace(/[^\p{L}\p{N}]+/gu, "-").replace(/^-+|-+$/g, "") || "briefing"}.json`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(url), 60000);
    saved = file();
    show();
  };

  restore();
  show();
  document.addEventListener("input", (event) => {
    if (event.target !== copy) {
      keep();
      show();
    }
  });
  byId("save").addEventListener("click", save);
  addEventListener("beforeunload", (event) => {
    if (!kept && remarks().length && file() !== saved) event.preventDefault();
  });
})();
