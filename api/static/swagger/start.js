// Shows the description of the API. Nothing is asked of another address: no validator, no font, no badge.
window.addEventListener("DOMContentLoaded", () => {
  window.SwaggerUIBundle({
    url: "/openapi.json",
    dom_id: "#swagger",
    deepLinking: true,
    defaultModelsExpandDepth: 0,
    docExpansion: "list",
    tryItOutEnabled: true,
    validatorUrl: null,
    // It brings a main part of its own; the page has one already.
    onComplete: () => document.querySelectorAll("#swagger main").forEach((part) => part.setAttribute("role", "group")),
  });
});
