// caught by: lint no-var
export var old = 1
