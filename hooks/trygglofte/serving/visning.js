// Waits until this page would look otherwise, and then fetches it again. Only `trygglofte serve` gives this script.
// A tab that nobody sees does not wait: a browser keeps few connections to one server.
"use strict";
{
  const mark = document.currentScript.dataset.mark;
  const question = `/_visning/andrad?sida=${encodeURIComponent(location.pathname)}&marke=${mark}`;
  let waiting = null;

  const wait = async () => {
    while (!document.hidden) {
      waiting = new AbortController();
      try {
        const answer = await fetch(question, { cache: "no-store", signal: waiting.signal });
        if (answer.status === 205) {
          location.reload();
          return;
        }
        if (answer.status !== 204) throw new Error();
      } catch {
        if (!document.hidden) await new Promise((again) => setTimeout(again, 500)); // the server may be on its way back
      }
    }
    waiting = null;
  };

  document.addEventListener("visibilitychange", () => {
    if (document.hidden) waiting?.abort();
    else if (!waiting) wait();
  });
  wait();
}
