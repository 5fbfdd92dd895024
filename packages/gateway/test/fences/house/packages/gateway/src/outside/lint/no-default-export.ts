// caught by: lint no-default-export
export default 1
