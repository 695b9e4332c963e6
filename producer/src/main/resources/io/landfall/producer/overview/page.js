'use strict';
(() => {
  const EVERY_MS = 10000;
  const live = document.getElementById('live');
  const say = document.getElementById('say');
  const root = document.documentElement;
  let timer = 0;
  let asking = false;
  let headline = document.getElementById('headline')?.textContent;
  let reached = new Date();

  function clock(time) {
    return time.toTimeString().slice(0, 8);
  }

  // Only what differs, so that what somebody has opened, selected or focused stays as it is.
  function show(page) {
    const shown = document.getElementById('overview');
    const fresh = page.getElementById('overview');
    if (!shown || !fresh) throw new Error('another page');
    const opened = new Map([...shown.querySelectorAll('details[id]')].map((one) => [one.id, one.open]));
    for (const one of fresh.querySelectorAll('details[id]')) {
      if (opened.has(one.id)) one.open = opened.get(one.id);
    }
    let before = shown.firstElementChild;
    for (const section of [...fresh.children]) {
      while (before && before.id !== section.id && !page.getElementById(before.id)) {
        const gone = before;
        before = before.nextElementSibling;
        gone.remove();
      }
      if (before && before.id === section.id) {
        const next = before.nextElementSibling;
        if (before.outerHTML !== section.outerHTML) before.replaceWith(document.importNode(section, true));
        before = next;
      } else {
        shown.insertBefore(document.importNode(section, true), before);
      }
    }
    while (before) {
      const gone = before;
      before = before.nextElementSibling;
      gone.remove();
    }
    document.title = page.title;
    const icon = page.getElementById('icon');
    if (icon) document.getElementById('icon').href = icon.href;
    const now = document.getElementById('headline')?.textContent;
    if (now && now !== headline) {
      headline = now;
      say.textContent = now;
    }
  }

  async function refresh() {
    if (asking || document.hidden) return;
    asking = true;
    clearTimeout(timer);
    try {
      const answer = await fetch('./', {cache: 'no-store', credentials: 'same-origin', redirect: 'error'});
      if (!answer.ok) throw new Error('status ' + answer.status);
      show(new DOMParser().parseFromString(await answer.text(), 'text/html'));
      reached = new Date();
      live.textContent = 'live, ' + clock(reached);
      root.classList.remove('stale');
      root.dataset.updates = String(Number(root.dataset.updates || '0') + 1);
    } catch (failure) {
      live.textContent = 'not reached since ' + clock(reached) + ': what you see is old';
      root.classList.add('stale');
    } finally {
      asking = false;
      timer = setTimeout(refresh, EVERY_MS);
    }
  }

  live.textContent = 'live, ' + clock(reached);
  document.addEventListener('visibilitychange', refresh);
  timer = setTimeout(refresh, EVERY_MS);
})();
