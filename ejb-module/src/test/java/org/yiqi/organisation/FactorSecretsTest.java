package org.yiqi.organisation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class FactorSecretsTest {

    private static final Optional<String> OLD = Optional.of(Base64.getEncoder().encodeToString(new byte[32]));
    private static final Optional<String> NEW = Optional.of(
            Base64.getEncoder().encodeToString("another key-encryption key of 32".getBytes(StandardCharsets.US_ASCII)));
    private static final UUID PERSON = new UUID(0x7000, Long.MIN_VALUE);

    @Test
    void afterAChangeOfTheKeyEncryptionKeyAFactorOpensWithTheOneBefore() {
        FactorSecrets before = new FactorSecrets(OLD, Optional.empty());
        byte[] secret = before.random();
        byte[] sealed = before.seal(secret, PERSON);
        assertArrayEquals(secret, new FactorSecrets(NEW, OLD).open(sealed, PERSON));
        FactorSecrets later = new FactorSecrets(NEW, Optional.of(" "));
        assertThrows(IllegalStateException.class, () -> later.open(sealed, PERSON));
        assertArrayEquals(secret, later.open(new FactorSecrets(NEW, OLD).seal(secret, PERSON), PERSON));
        UUID another = new UUID(0x7000, Long.MIN_VALUE + 1);
        assertThrows(IllegalStateException.class, () -> before.open(sealed, another));
    }
}
