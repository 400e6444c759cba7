// The tool in the frame says that it is done: back to the list. Like Moodle, this does not look at who says so.
window.addEventListener('message', ({ data }) => {
  if (data?.subject === 'org.imsglobal.lti.close') window.location.assign('/admin/tools');
});
