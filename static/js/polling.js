/** What nobody can see does not ask for itself to be renewed. */
document.addEventListener('htmx:before:request', (event) => {
  if (document.hidden && event.detail.ctx.sourceElement?.dataset?.polls !== undefined) {
    event.preventDefault();
  }
});

/** `data-polls` names what says that it could not be. */
document.addEventListener('htmx:finally:request', ({ detail: { ctx } }) => {
  const notice = document.getElementById(ctx.sourceElement?.dataset?.polls ?? '');
  if (notice !== null && ctx.status !== 'issuing') {
    notice.hidden = ctx.response !== undefined && ctx.response.status < 500;
  }
});
