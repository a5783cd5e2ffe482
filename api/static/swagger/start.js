// Shows the description of the API. Nothing is asked of another address: no validator, no font, no badge.
window.addEventListener("DOMContentLoaded", () => {
  const place = document.getElementById("swagger");
  // It brings a main part of its own, whenever it draws; the page has one already.
  new MutationObserver(() => {
    place.querySelectorAll("main:not([role])").forEach((part) => part.setAttribute("role", "group"));
  }).observe(place, { childList: true, subtree: true });
  window.SwaggerUIBundle({
    url: "/openapi.json",
    dom_id: "#swagger",
    deepLinking: true,
    defaultModelsExpandDepth: 0,
    docExpansion: "list",
    tryItOutEnabled: true,
    validatorUrl: null,
  });
});
