// What HTMX needs from us: nothing without it. A form with data-unsaved warns before its page is left.
(() => {
  "use strict";
  let changed = false;
  document.addEventListener("input", (event) => {
    if (event.target.closest("form[data-unsaved]")) changed = true;
  });
  document.addEventListener("submit", () => {
    changed = false;
  });
  window.addEventListener("beforeunload", (event) => {
    if (changed) event.preventDefault();
  });
  // A part of a page that could not be fetched says so where screen readers hear it.
  document.addEventListener("htmx:responseError", (event) => {
    const place = document.getElementById("content");
    const line = document.createElement("p");
    line.className = "note note--warn";
    line.setAttribute("role", "alert");
    line.textContent = event.detail.xhr.status === 403
      ? "Việc này không được phép, hoặc trang đã cũ. Tải lại trang rồi thử lại."
      : "Chưa gửi được. Kiểm tra mạng rồi thử lại.";
    place.prepend(line);
  });
})();
