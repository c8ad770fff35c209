// Follows the system, as the console does.
const dark = matchMedia("(prefers-color-scheme: dark)");
const follow = () => document.documentElement.classList.toggle("dark-mode", dark.matches);
dark.addEventListener("change", follow);
follow();

SwaggerUIBundle({
  url: "/api/openapi.yaml",
  dom_id: "#swagger-ui",
  presets: [SwaggerUIBundle.presets.apis],
  validatorUrl: null,
  // It leaves this one without a name for those who do not see it.
  onComplete: () => document.getElementById("servers")?.setAttribute("aria-label", "Server"),
});

// What scrolls has to be reached by keys.
new MutationObserver(() => {
  for (const it of document.querySelectorAll("pre.microlight:not([tabindex])")) it.tabIndex = 0;
}).observe(document.getElementById("swagger-ui"), { childList: true, subtree: true });
