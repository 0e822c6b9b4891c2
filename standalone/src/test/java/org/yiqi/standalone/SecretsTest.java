package org.yiqi.standalone;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretsTest {

    @TempDir
    Path temporary;

    @Test
    void secretsAreMadeOnceAndOnlyTheirOwnerMayReadThem() throws Exception {
        Path file = temporary.resolve("secrets.properties");
        Secrets first = Secrets.loadOrCreate(file);
        Secrets second = Secrets.loadOrCreate(file);
        assertEquals(first.get("db.owner"), second.get("db.owner"));
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    }

    @Test
    void noTwoInstancesShareASecret() throws Exception {
        Secrets one = Secrets.loadOrCreate(temporary.resolve("one"));
        Secrets other = Secrets.loadOrCreate(temporary.resolve("other"));
        assertNotEquals(one.get("device-secret-key"), other.get("device-secret-key"));
    }

    @Test
    void theKeysAreThirtyTwoBytesInBase64() throws Exception {
        Secrets secrets = Secrets.loadOrCreate(temporary.resolve("secrets"));
        assertEquals(32, Base64.getDecoder().decode(secrets.get("key-encryption-key")).length);
        assertEquals(32, Base64.getDecoder().decode(secrets.get("device-secret-key")).length);
    }

    @Test
    void anUnknownSecretIsAMistakeOfTheCaller() throws Exception {
        Secrets secrets = Secrets.loadOrCreate(temporary.resolve("secrets"));
        assertThrows(IllegalArgumentException.class, () -> secrets.get("nobody"));
    }
}
