package org.yiqi.standalone;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataFolderTest {

    @TempDir
    Path temporary;

    @Test
    void aSecondInstanceOnTheSameFolderIsRefused() throws Exception {
        Path folder = temporary.resolve("data");
        try (DataFolder first = DataFolder.open(folder, false)) {
            StartupProblem problem = assertThrows(StartupProblem.class, () -> DataFolder.open(folder, false));
            assertTrue(problem.getMessage().startsWith("Another Yiqi is running on " + first.root()));
            assertTrue(problem.getMessage().contains("--data"));
        }
    }

    @Test
    void afterTheFirstInstanceEndedTheFolderIsFreeAgain() throws Exception {
        Path folder = temporary.resolve("data");
        DataFolder.open(folder, false).close();
        DataFolder.open(folder, false).close();
        assertTrue(Files.isDirectory(folder.resolve("logs")));
    }

    @Test
    void whatWasKeptStaysUnlessAFreshStartIsWished() throws Exception {
        Path folder = temporary.resolve("data");
        try (DataFolder data = DataFolder.open(folder, false)) {
            data.note("kept", "yes");
        }
        DataFolder.open(folder, false).close();
        assertTrue(Files.exists(folder.resolve("kept")));
        DataFolder.open(folder, true).close();
        assertFalse(Files.exists(folder.resolve("kept")));
    }

    @Test
    void aFolderWithSomethingElseInItIsNeverTouched() throws Exception {
        Path precious = Files.writeString(temporary.resolve("thesis.txt"), "irreplaceable");
        StartupProblem problem = assertThrows(StartupProblem.class, () -> DataFolder.open(temporary, true));
        assertTrue(problem.getMessage().contains("--data"), problem.getMessage());
        assertEquals("irreplaceable", Files.readString(precious));
    }

    @Test
    void aFolderThatCannotBeMadeIsRefusedWithTheWayOut() throws Exception {
        Path file = Files.writeString(temporary.resolve("file"), "");
        StartupProblem problem = assertThrows(StartupProblem.class, () -> DataFolder.open(file.resolve("data"), false));
        assertTrue(problem.getMessage().startsWith("Cannot write to"), problem.getMessage());
        assertTrue(problem.getMessage().contains("--data"), problem.getMessage());
    }

    @Test
    void aFileInPlaceOfTheFolderIsRefused() throws Exception {
        Path file = Files.writeString(temporary.resolve("file"), "");
        assertThrows(StartupProblem.class, () -> DataFolder.open(file, false));
    }

    @Test
    void theLogOfTheRunBeforeIsKeptBeside() throws Exception {
        try (DataFolder data = DataFolder.open(temporary.resolve("data"), false)) {
            Files.writeString(data.newLog("a.log"), "first");
            Files.writeString(data.newLog("a.log"), "second");
            assertEquals("first", Files.readString(data.logs().resolve("a.log.1")));
            assertEquals("second", Files.readString(data.logs().resolve("a.log")));
        }
    }
}
