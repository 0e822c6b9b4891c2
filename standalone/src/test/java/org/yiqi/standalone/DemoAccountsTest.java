package org.yiqi.standalone;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoAccountsTest {

    @TempDir
    Path temporary;

    @Test
    void eachAccountIsALine() throws Exception {
        Path file = Files.writeString(
                temporary.resolve("accounts.json"),
                "[{\"username\": \"li.na\", \"password\": \"p\", \"role\": \"EQUIPMENT\", \"organisation\": \"市一医院\"}]");
        List<String> lines = DemoAccounts.table(file);
        assertEquals(2, lines.size());
        assertTrue(lines.get(1).contains("li.na") && lines.get(1).contains("市一医院"));
    }

    @Test
    void withoutTheFileItsPlaceIsNamed() throws Exception {
        Path file = temporary.resolve("accounts.json");
        assertTrue(DemoAccounts.table(file).get(0).contains(file.toString()));
    }
}
