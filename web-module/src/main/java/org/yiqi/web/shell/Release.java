package org.yiqi.web.shell;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.ServletContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Set;
import java.util.TreeSet;

/**
 * The version that addresses of styles and scripts carry. Browsers keep these files for days, so after an update only another
 * address brings the new ones; the digest of the files changes exactly when they do.
 */
@Named
@ApplicationScoped
public class Release {

    @Inject
    ServletContext application;

    private String version = "";

    @PostConstruct
    void read() {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (String file : files()) {
                try (InputStream in = application.getResourceAsStream(file)) {
                    if (in != null) {
                        digest.update(in.readAllBytes());
                    }
                }
            }
            version = HexFormat.of().formatHex(digest.digest(), 0, 6);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    public String getVersion() {
        return version;
    }

    private Set<String> files() {
        Set<String> files = new TreeSet<>();
        for (String folder : Set.of("/resources/yiqi/", "/resources/primefaces-yiqi/")) {
            Set<String> inside = application.getResourcePaths(folder);
            if (inside != null) {
                files.addAll(inside);
            }
        }
        files.removeIf(file -> file.endsWith("/"));
        return files;
    }
}
