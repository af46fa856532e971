"use strict";
(() => {
  const resources = JSON.parse(document.getElementById("plan").textContent);
  const neededBy = resources.map(() => []);
  resources.forEach((resource, id) => resource.needs.forEach(other => neededBy[other].push(id)));

  const tree = document.getElementById("tree");
  const search = document.getElementById("search");
  const found = document.getElementById("found");
  const inspector = document.getElementById("inspector");
  const inspected = document.getElementById("inspected");
  let opener = null;

  // Everything goes in as text: nothing in a plan is ever read as markup.
  const element = (name, css, ...content) => {
    const made = document.createElement(name);
    if (css) made.className = css;
    made.append(...content);
    return made;
  };

  const kindOf = value => value === null ? "null" : Array.isArray(value) ? "list" : typeof value;

  // Texts such as IAM policies hold JSON; shown as what they mean.
  const insideOf = text => {
    if (!/^\s*[[{]/.test(text)) return undefined;
    try { return JSON.parse(text); } catch { return undefined; }
  };

  const special = value => ({
    unknown: "known after the deployment",
    secret: "secret",
    reference: `resource ${value.urn}`,
    asset: `${value.kind}: ${value.content}`,
  })[value.$plan];

  const show = value => {
    const kind = kindOf(value);
    if (kind === "object" && value.$plan && special(value)) return element("span", "special", special(value));
    if (kind === "object" && value.$plan === "map") return entries(Object.entries(value.entries));
    if (kind === "object") return entries(Object.entries(value));
    if (kind === "list") return entries(value.map((item, index) => [`${index + 1}`, item]));
    if (kind === "string") {
      const inside = insideOf(value);
      return inside !== undefined && inside !== null ? show(inside) : element("span", "text", value);
    }
    return element("span", "other", String(value));
  };

  const entries = pairs => {
    if (pairs.length === 0) return element("span", "other", "(empty)");
    const list = element("div", "values");
    for (const [key, value] of pairs) list.append(element("div", "", element("span", "key", `${key}  `), show(value)));
    return list;
  };

  const links = ids => {
    const list = element("ul");
    for (const id of ids) {
      const link = element("a", "", resources[id].name);
      link.href = `#r${id}`;
      link.dataset.r = id;
      list.append(element("li", "", link, ` ${resources[id].type}`));
    }
    return list;
  };

  const part = (title, content) => inspected.append(element("h3", "", title), content);

  const reveal = target => {
    for (let node = target.parentElement; node && node !== tree; node = node.parentElement)
      if (node.tagName === "DETAILS") node.open = true;
  };

  const select = (id, from) => {
    const resource = resources[id];
    const inTree = document.getElementById(`r${id}`);
    if (!resource || !inTree) return;
    reveal(inTree);
    if (inTree.tagName === "DETAILS") {
      inTree.open = true;
      inTree.firstElementChild.focus({ preventScroll: true });
      inTree.scrollIntoView({ block: "center" });
      return;
    }
    mark(id);
    inspected.replaceChildren(element("h2", "", resource.name), element("p", "token", resource.type));
    part("Inputs", show(resource.inputs));
    if (resource.region) part("Region", element("p", "", resource.region));
    if (resource.options.length) part("Options", element("ul", "", ...resource.options.map(option => element("li", "", option))));
    if (resource.needs.length) part("Needs", links(resource.needs));
    if (neededBy[id].length) part("Needed by", links(neededBy[id]));
    part("URN", element("p", "token", resource.urn));
    if (!inspector.contains(from)) opener = from;
    inspector.hidden = false;
    inspector.scrollTop = 0;
    inspector.focus({ preventScroll: true });
    history.replaceState(null, "", `#r${id}`);
  };

  const mark = id => {
    document.querySelectorAll("[aria-current]").forEach(node => node.removeAttribute("aria-current"));
    document.querySelectorAll(".related").forEach(node => node.classList.remove("related"));
    if (id === null) return;
    document.querySelectorAll(`.tree [data-r="${id}"], .picture [data-r="${id}"]`).forEach(node => node.setAttribute("aria-current", "true"));
    for (const other of [...resources[id].needs, ...neededBy[id]])
      document.querySelectorAll(`.picture [data-r="${other}"]`).forEach(node => node.classList.add("related"));
  };

  const close = () => {
    inspector.hidden = true;
    mark(null);
    if (opener) opener.focus({ preventScroll: true });
  };

  document.addEventListener("click", event => {
    const link = event.target.closest("a[data-r]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    select(Number(link.dataset.r), link);
  });
  document.getElementById("close").addEventListener("click", close);

  // Search: an item stays if it, or something below it, has every word.
  let texts = null;
  const textOf = id => {
    texts ??= resources.map(resource => `${resource.name} ${resource.type} ${resource.region ?? ""} ${JSON.stringify(resource.inputs)}`.toLowerCase());
    return texts[id];
  };
  const filter = () => {
    const words = search.value.toLowerCase().split(/\s+/).filter(word => word);
    let matches = 0;
    const visit = item => {
      const link = item.querySelector(":scope > a[data-r]");
      let stays = words.length === 0;
      if (link && words.length && words.every(word => textOf(Number(link.dataset.r)).includes(word))) stays = true;
      if (link && stays) matches++;
      for (const child of item.querySelectorAll(":scope > ul > li, :scope > details > ul > li")) if (visit(child)) stays = true;
      item.hidden = !stays;
      const details = item.querySelector(":scope > details");
      if (details) details.open = words.length ? stays : details.classList.contains("region");
      return stays;
    };
    for (const item of tree.children) visit(item);
    found.textContent = words.length ? `${matches} of ${tree.querySelectorAll("a[data-r]").length} resources` : "";
  };
  search.addEventListener("input", filter);

  const openAll = open => tree.querySelectorAll("details").forEach(details => { details.open = open || details.classList.contains("region"); });
  document.getElementById("open-all").addEventListener("click", () => openAll(true));
  document.getElementById("close-all").addEventListener("click", () => openAll(false));

  const rows = () => [...tree.querySelectorAll("summary, a[data-r]")].filter(row => row.checkVisibility());
  tree.addEventListener("keydown", event => {
    const row = event.target.closest("summary, a[data-r]");
    if (!row) return;
    const details = row.tagName === "SUMMARY" ? row.parentElement : null;
    const all = rows();
    const at = all.indexOf(row);
    const parent = () => (details ? details.parentElement : row).parentElement.closest("details")?.firstElementChild;
    const target = {
      ArrowDown: () => all[at + 1],
      ArrowUp: () => all[at - 1],
      Home: () => all[0],
      End: () => all[all.length - 1],
      ArrowRight: () => { if (details && !details.open) { details.open = true; return row; } return details ? rows()[at + 1] : row; },
      ArrowLeft: () => { if (details && details.open) { details.open = false; return row; } return parent() ?? row; },
    }[event.key]?.();
    if (!target) return;
    event.preventDefault();
    target.focus();
  });

  document.addEventListener("keydown", event => {
    if (event.key === "Escape" && !inspector.hidden) close();
    else if (event.key === "Escape" && document.activeElement === search && search.value) { search.value = ""; filter(); }
    else if (event.key === "/" && !/^(INPUT|TEXTAREA)$/.test(document.activeElement.tagName)) { event.preventDefault(); search.focus(); }
  });

  const fromAddress = /^#r(\d+)$/.exec(location.hash);
  if (fromAddress) select(Number(fromAddress[1]), null);
})();
