"""Opens workbooks in one headless LibreOffice, changes cells, computes everything again, and prints what stands in every cell.

Standard input: a JSON list of {"file", "before": bool, "set": [[sheet, cell, value]]}, value null: an empty cell.
Standard output: a JSON list of {"before", "after"} in the same order, each {sheet: {"rows": [[...]], "errors": [cells]}}; before: as
the workbook was loaded, null where that is not asked for.
"""

import json
import os
import signal
import subprocess
import sys
import tempfile
import time

import uno
from com.sun.star.beans import PropertyValue
from com.sun.star.connection import NoConnectException

ERROR_RESULTS = 4


def connect(pipe, process):
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
    for _ in range(600):
        if process.poll() is not None:
            raise SystemExit(f"soffice ended with {process.returncode}")
        try:
            return resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
        except NoConnectException:
            time.sleep(0.1)
    raise SystemExit("soffice did not answer within a minute")


def property_value(name, value):
    made = PropertyValue()
    made.Name = name
    made.Value = value
    return made


def read(document):
    found = {}
    for sheet in document.Sheets:
        cursor = sheet.createCursor()
        cursor.gotoEndOfUsedArea(False)
        end = cursor.RangeAddress
        area = sheet.getCellRangeByPosition(0, 0, end.EndColumn, end.EndRow)
        errors = [each.AbsoluteName for each in area.queryFormulaCells(ERROR_RESULTS)]
        found[sheet.Name] = {"rows": area.getDataArray(), "errors": errors}
    return found


def work_on(desktop, task):
    document = desktop.loadComponentFromURL(
        uno.systemPathToFileUrl(task["file"]), "_blank", 0, (property_value("Hidden", True),)
    )
    try:
        before = read(document) if task["before"] else None
        for sheet, cell, value in task["set"]:
            at = document.Sheets.getByName(sheet).getCellRangeByName(cell)
            if value is None:
                at.clearContents(1 | 2 | 4 | 16)
            else:
                at.Value = float(value)
        document.calculateAll()
        return {"before": before, "after": read(document)}
    finally:
        document.close(True)


def main():
    tasks = json.load(sys.stdin)
    with tempfile.TemporaryDirectory() as profile:
        pipe = f"strikeline{os.getpid()}"
        process = subprocess.Popen(
            [
                "soffice",
                "--headless",
                "--norestore",
                "--nologo",
                "--nodefault",
                f"-env:UserInstallation={uno.systemPathToFileUrl(profile)}",
                f"--accept=pipe,name={pipe};urp;",
            ],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            # soffice starts the real program as its child: both are of one group.
            start_new_session=True,
        )
        try:
            context = connect(pipe, process)
            desktop = context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
            json.dump([work_on(desktop, task) for task in tasks], sys.stdout)
            sys.stdout.flush()
            try:
                desktop.terminate()
            except Exception:
                pass
            process.wait(20)
        finally:
            try:
                os.killpg(process.pid, signal.SIGKILL)
            except ProcessLookupError:
                pass


main()
