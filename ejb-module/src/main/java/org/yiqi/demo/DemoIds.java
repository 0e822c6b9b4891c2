package org.yiqi.demo;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.UUID;

/** Values that look made up by chance and are the same at every start. */
final class DemoIds {

    private static final List<String> FAMILY =
            List.of("王", "李", "张", "刘", "陈", "杨", "赵", "黄", "周", "吴", "徐", "孙", "马", "朱", "胡", "林");
    private static final List<String> GIVEN =
            List.of("建国", "秀兰", "志强", "晓燕", "海涛", "雪梅", "俊杰", "婷婷", "文博", "思远", "雨晴", "国华", "立新", "敏", "磊", "静");
    private static final String CODE_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY";
    private static final int[] CODE_WEIGHTS = {1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28};

    private DemoIds() {}

    /** A UUID of version 7 whose time is the demo's beginning and whose rest is a digest of the name. */
    static UUID of(String kind, String name) {
        ByteBuffer d = ByteBuffer.wrap(digest(kind + ":" + name));
        long high = (1_704_067_200_000L << 16) | 0x7000L | (d.getLong() & 0x0FFFL);
        long low = (d.getLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
        return new UUID(high, low);
    }

    /** As {@link #of}, with the time at which the thing came to be: rows of one thing then sort by it. */
    static UUID at(Instant when, String kind, String name) {
        UUID id = of(kind, name);
        long high = (when.toEpochMilli() << 16) | (id.getMostSignificantBits() & 0xFFFFL);
        return new UUID(high, id.getLeastSignificantBits());
    }

    /** A sequence of numbers that is the same at every start. */
    static Random random(String name) {
        return new Random(ByteBuffer.wrap(digest(name)).getLong());
    }

    static int number(String name, int below) {
        return Math.floorMod(ByteBuffer.wrap(digest(name)).getInt(), below);
    }

    static String personName(String username) {
        return FAMILY.get(number("f" + username, FAMILY.size())) + GIVEN.get(number("g" + username, GIVEN.size()));
    }

    /** A unified social credit code (GB 32100) with a right check character. */
    static String creditCode(String region, int number) {
        String body = "12" + region + String.format("MB%06dX", number * 7919 % 1_000_000);
        int sum = 0;
        for (int i = 0; i < CODE_WEIGHTS.length; i++) {
            sum += CODE_ALPHABET.indexOf(body.charAt(i)) * CODE_WEIGHTS[i];
        }
        return body + CODE_ALPHABET.charAt((31 - sum % 31) % 31);
    }

    private static byte[] digest(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
